import type { WrittenStrategy } from "#engine/strategy"
import { database } from "./database.ts"
import { describeStrategy, type KeptStrategy } from "./kept-strategy.ts"
import { addVersion } from "./strategy-version.ts"

/** What a window that still shows a deleted strategy knows of it. */
export type DeletedStrategy = { kept: KeptStrategy; draft: WrittenStrategy }

/** Takes a deletion back, whichever window it was made in. What is already gone for good begins again from its draft. */
export function bringBack({ kept, draft }: DeletedStrategy): Promise<void> {
  const { id, origin } = kept
  return database.transaction("rw", database.strategies, database.versions, async () => {
    if (await database.strategies.get(id)) return void (await describeStrategy(id, { deletedAtMs: undefined }))
    const version = await addVersion({ strategyId: id, document: draft, words: [], how: origin })
    const revision = kept.revision + 1
    const changedAtMs = version.keptAtMs
    await database.strategies.add({ ...kept, draft, revision, version: 1, changedAtMs, deletedAtMs: undefined })
  })
}

/** Ends a deletion whose chance to undo has passed; another window may have taken it back. */
export async function endDeletion(id: string): Promise<void> {
  await database.transaction("rw", database.strategies, database.versions, async () => {
    const kept = await database.strategies.get(id)
    if (kept?.deletedAtMs !== undefined) await purgeStrategy(id)
  })
}

/** Removes a strategy and its versions for good; its runs stay, for they hold their document themselves. */
export async function purgeStrategy(id: string): Promise<void> {
  await database.transaction("rw", database.strategies, database.versions, async () => {
    await database.versions.where("[strategyId+number]").between([id, -Infinity], [id, Infinity]).delete()
    await database.strategies.delete(id)
  })
}

/** Ends deletions whose window was closed before the chance to undo had passed. */
export async function purgeHiddenStrategies(beforeMs: number): Promise<void> {
  const hidden = await database.strategies.filter(({ deletedAtMs = Infinity }) => deletedAtMs < beforeMs).primaryKeys()
  for (const id of hidden) await purgeStrategy(id)
}
