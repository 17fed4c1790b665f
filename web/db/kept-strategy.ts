import {
  changesBetween,
  changesInWords,
  changeText,
  type StrategyChange,
  type WrittenStrategy,
  withChanges,
} from "#engine/strategy"
import { database } from "./database.ts"
import { addPast, addVersion, type StrategyVersion, type VersionOfFile } from "./strategy-version.ts"

/** A strategy that belongs to the person: what it is now, and where it came from. Its past is in its versions. */
export type KeptStrategy = {
  id: string
  /** As the person last left it, finished or not: each change is written at once. Its name is the strategy's. */
  draft: WrittenStrategy
  /** Counts the changes to the draft. */
  revision: number
  /** The version the draft began from. */
  version: number
  tags: string[]
  createdAtMs: number
  changedAtMs: number
  /** Out of sight, until the chance to undo has passed. */
  deletedAtMs?: number
  /** In words: "from the template RSI dip in an uptrend". */
  origin: string
  /** The script of another program it was translated from, as it came. */
  script?: string
  /** Where it was last tested, as an address says it, without the strategy. */
  settings?: string
  lastRun?: { id: string; ranAtMs: number; totalReturnPercent: number | null; curve: number[] }
}

/** So many strategies one browser keeps; the list stays quick with them. */
export const MOST_STRATEGIES = 2_000
export const tagLimits = { count: 8, letters: 24 } as const

/** Thrown where the library is full; the message is for the person. */
export class LibraryFull extends Error {
  constructor() {
    super(`The library holds ${MOST_STRATEGIES} strategies, which is all it can. Delete some and try again.`)
  }
}

export type NewStrategy = Pick<KeptStrategy, "origin"> & {
  document: WrittenStrategy
  tags?: string[]
  settings?: string
  script?: string
  /** Its versions so far, the oldest first, and the one its document began from. */
  past?: { versions: readonly VersionOfFile[]; version: number }
}

/** Puts a strategy into the library, with its past or a first version. Throws `LibraryFull`. */
export async function keepStrategy({ document, tags = [], past, ...rest }: NewStrategy): Promise<KeptStrategy> {
  const nowMs = Date.now()
  const kept: KeptStrategy = {
    id: crypto.randomUUID(),
    draft: document,
    revision: 1,
    version: past?.version ?? 1,
    tags: tagsFrom(tags),
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    ...rest,
  }
  await database.transaction("rw", database.strategies, database.versions, async () => {
    if ((await database.strategies.count()) >= MOST_STRATEGIES) throw new LibraryFull()
    await database.strategies.add(kept)
    if (past) await addPast(kept.id, past.versions)
    else await addVersion({ strategyId: kept.id, document, words: [], how: rest.origin })
  })
  return kept
}

/** The strategies in sight, the one changed last first. */
export async function listStrategies(): Promise<KeptStrategy[]> {
  const all = await database.strategies.orderBy("changedAtMs").reverse().toArray()
  return all.filter(({ deletedAtMs }) => deletedAtMs === undefined)
}

/** The strategy, or undefined when there is none in sight with this id. */
export async function findStrategy(id: string): Promise<KeptStrategy | undefined> {
  const found = await database.strategies.get(id)
  return found?.deletedAtMs === undefined ? found : undefined
}

/** What the draft is after a change. `isMerged`: another window had changed the same place. */
export type DraftChanged = Pick<KeptStrategy, "draft" | "revision"> & { isMerged: boolean }

/**
 * Makes changes to whatever the draft is by now; undefined where the strategy is gone. Where another window changed the
 * same place, this change counts, and what the other left becomes a version: nothing of either is lost.
 */
export function changeDraft(id: string, changes: readonly StrategyChange[]): Promise<DraftChanged | undefined> {
  return database.transaction("rw", database.strategies, database.versions, async () => {
    const kept = await database.strategies.get(id)
    if (!kept) return undefined
    const { strategy: draft, conflicts } = withChanges(kept.draft, changes)
    const isMerged = conflicts.length > 0
    if (isMerged) await keepDraft(kept, "as another window left it")
    const revision = kept.revision + 1
    await database.strategies.update(id, { draft, revision, changedAtMs: Date.now() })
    return { draft, revision, isMerged }
  })
}

/** Keeps the draft as the newest version, and answers with it; undefined where nothing changed since the last one. */
export function keepVersion(id: string, how = "kept"): Promise<StrategyVersion | undefined> {
  return database.transaction("rw", database.strategies, database.versions, async () => {
    const kept = await database.strategies.get(id)
    return kept && keepDraft(kept, how)
  })
}

/** Makes a version's document the draft again. What the draft was becomes a version first, which is the answer. */
export function rollBack(id: string, number: number): Promise<StrategyVersion | undefined> {
  return database.transaction("rw", database.strategies, database.versions, async () => {
    const kept = await database.strategies.get(id)
    const version = await database.versions.get([id, number])
    if (!kept || !version) return undefined
    const before = await keepDraft(kept, `before going back to version ${number}`)
    await database.strategies.update(id, {
      draft: version.document,
      revision: kept.revision + 1,
      version: number,
      changedAtMs: Date.now(),
    })
    return before
  })
}

/** Changes what the list shows of a strategy. */
export async function describeStrategy(
  id: string,
  change: Partial<Pick<KeptStrategy, "tags" | "settings" | "lastRun" | "deletedAtMs">>,
): Promise<void> {
  await database.strategies.update(id, change.tags ? { ...change, tags: tagsFrom(change.tags) } : change)
}

/** Tags as they are kept: trimmed, each once, not too many and none too long. */
export function tagsFrom(texts: readonly string[]): string[] {
  const tags = texts.map((text) => text.trim().replaceAll(/\s+/g, " ").slice(0, tagLimits.letters)).filter(Boolean)
  return [...new Set(tags)].slice(0, tagLimits.count)
}

async function keepDraft(kept: KeptStrategy, how: string): Promise<StrategyVersion | undefined> {
  const before = await database.versions.get([kept.id, kept.version])
  const words = before ? changesInWords(before.document, kept.draft).map(changeText) : []
  if (before && changesBetween(before.document, kept.draft).length === 0) return undefined
  const version = await addVersion({
    strategyId: kept.id,
    parent: kept.version,
    document: kept.draft,
    words,
    how,
  })
  await database.strategies.update(kept.id, { version: version.number, changedAtMs: version.keptAtMs })
  return version
}
