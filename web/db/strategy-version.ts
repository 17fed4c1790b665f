import type { WrittenStrategy } from "#engine/strategy"
import { database } from "./database.ts"

/** A strategy as it was at one moment. Versions are added and never changed. */
export type StrategyVersion = {
  strategyId: string
  /** From 1 on, within its strategy. */
  number: number
  /** The version it was made from; the first has none. */
  parent?: number
  keptAtMs: number
  document: WrittenStrategy
  /** What changed from its parent, line by line. */
  words: string[]
  /** Why there is this version: "kept", "as another window left it". */
  how: string
  /** Its first mistake, where it does not run; known when it is kept. */
  fault?: string
}

/** A version without the strategy it is of, as a file has it. */
export type VersionOfFile = Omit<StrategyVersion, "strategyId">

/** So many versions one strategy has; after that the oldest but the first make room. */
export const MOST_VERSIONS = 500

/** The versions of a strategy, the newest first. */
export function listVersions(strategyId: string): Promise<StrategyVersion[]> {
  return versionsOf(strategyId).reverse().toArray()
}

/** Adds a version after the newest. Inside the caller's transaction over `versions`. */
export async function addVersion(wanted: Omit<StrategyVersion, "number" | "keptAtMs">): Promise<StrategyVersion> {
  const newest = await versionsOf(wanted.strategyId).last()
  const version = { ...wanted, number: (newest?.number ?? 0) + 1, keptAtMs: Date.now() }
  await database.versions.add(version)
  const tooMany = (await versionsOf(wanted.strategyId).count()) - MOST_VERSIONS
  if (tooMany > 0) await versionsOf(wanted.strategyId).offset(1).limit(tooMany).delete()
  return version
}

/** Writes down that a version does not run; found out just after it was kept, as compiling takes its time. */
export async function markVersion({ strategyId, number }: StrategyVersion, fault: string): Promise<void> {
  await database.versions.update([strategyId, number], { fault: fault.slice(0, MOST_FAULT_LETTERS) })
}

const MOST_FAULT_LETTERS = 500

/** Puts a strategy's past beside it, as a file has it. Inside the caller's transaction over `versions`. */
export async function addPast(strategyId: string, past: readonly VersionOfFile[]): Promise<void> {
  await database.versions.bulkAdd(past.slice(-MOST_VERSIONS).map((version) => ({ ...version, strategyId })))
}

function versionsOf(strategyId: string) {
  return database.versions.where("[strategyId+number]").between([strategyId, -Infinity], [strategyId, Infinity])
}
