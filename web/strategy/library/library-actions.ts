import { plainText } from "#engine/candles"
import { changesBetween, type WrittenStrategy } from "#engine/strategy"
import { endDeletion } from "../../db/deleted-strategy.ts"
import { changeDraft, describeStrategy, keepStrategy, tagsFrom, type KeptStrategy } from "../../db/kept-strategy.ts"
import type { StrategyVersion } from "../../db/strategy-version.ts"
import { toastWithUndo } from "../../ui/toast.tsx"

/** Takes a strategy out of sight at once, and away for good when the chance to undo has passed. */
export async function deleteWithUndo({ id, draft }: KeptStrategy) {
  await describeStrategy(id, { deletedAtMs: Date.now() })
  void toastWithUndo({
    text: `${plainText(draft.name, 40)} deleted.`,
    onUndo: () => void describeStrategy(id, { deletedAtMs: undefined }),
    onExpire: () => void endDeletion(id),
  })
}

/** Gives a strategy the name of a document, and tags; both can be taken back. */
export async function describeWithUndo({ id, draft, tags }: KeptStrategy, named: WrittenStrategy, newTags: string[]) {
  await changeDraft(id, changesBetween(draft, named))
  await describeStrategy(id, { tags: newTags })
  if (named.name === draft.name && tagsFrom(newTags).join() === tags.join()) return
  const takeBack = async () => {
    await changeDraft(id, changesBetween(named, draft))
    await describeStrategy(id, { tags })
  }
  void toastWithUndo({
    text: `${plainText(named.name, 40)} has its new name and tags.`,
    onUndo: () => void takeBack(),
    onExpire: () => {},
  })
}

/** A second strategy like this one, under another name. */
export function duplicate({ draft, tags, settings, script }: KeptStrategy): Promise<KeptStrategy> {
  return keepStrategy({
    document: withName(draft, `${draft.name} (copy)`),
    tags,
    settings,
    script,
    origin: `a copy of ${plainText(draft.name, 60)}`,
  })
}

/** A strategy of its own that begins where a version was. */
export function branch({ draft, tags, settings }: KeptStrategy, version: StrategyVersion): Promise<KeptStrategy> {
  return keepStrategy({
    document: withName(version.document, `${version.document.name} (branch)`),
    tags,
    settings,
    origin: `a branch of version ${version.number} of ${plainText(draft.name, 60)}`,
  })
}

const MOST_NAME_LETTERS = 100

/** The document under another name; a long one is cut where a name must end. */
export function withName(document: WrittenStrategy, name: string): WrittenStrategy {
  const trimmed = Array.from(name.trim()).join("").slice(0, MOST_NAME_LETTERS).trim()
  return trimmed === "" ? document : { ...document, name: trimmed }
}
