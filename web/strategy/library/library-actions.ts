import { plainText } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"
import { endDeletion } from "../../db/deleted-strategy.ts"
import { describeStrategy, keepStrategy, type KeptStrategy } from "../../db/kept-strategy.ts"
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
