import type { Metrics } from "#engine/result"
import type { StrategyDocument } from "#engine/strategy"
import { parseSearch, searchText } from "../search-text.ts"
import { database } from "./database.ts"
import { runIdOf } from "./run-id.ts"

/** A backtest that was run: enough to find it, to read it again, to compare it, and to repeat it. */
export type SavedRun = {
  /** From what decided it (run-id.ts): running the same thing again replaces the entry and keeps its note. */
  id: string
  /** The address it was run from, as `?market=…`. */
  address: string
  ranAtMs: number
  market: string
  strategy: string
  totalReturnPercent: number | null
  tradeCount: number | null
  /** sha256 of the engine, of the strategy with its params, and of the candles: the same three give the same result. */
  hashes: RunHashes
  /** The strategy of the library it was a run of. */
  strategyId?: string
  /** The version of it that was begun from then. */
  version?: number
  /** The person's own words about it. */
  note?: string
  /** The file it came from, where it was not run in this browser. */
  fromFile?: string
  /** Absent in what an earlier Candlewright remembered. */
  detail?: RunDetail
}

export type RunHashes = { engine: string; strategy: string; data: string }

export type RunDetail = {
  /** With the values its sliders had. */
  document: StrategyDocument
  /**
   * The app's engine then. For rules that is `hashes.engine`; a strategy in code has an engine of its own, and of one that
   * came in a run's file it is not known.
   */
  appEngine?: string
  /** sha256 over trades and equity. */
  resultHash: string
  currency?: string
  cash: number
  holdingFinal: number
  /** Whether any of its markets was made up; absent in what an earlier Candlewright remembered. */
  isMadeUp?: boolean
  /** How it was tested, in one line. */
  settings: string
  metrics: Metrics
  /** Equity and holding over time, thinned; never more than `MOST_CURVE_POINTS`. */
  curve: { openTimeMs: number[]; equity: number[]; holding: number[] }
}

export const MOST_CURVE_POINTS = 400
/** Runs without a note make room for newer ones beyond this. */
export const MOST_RUNS = 200
export const MOST_NOTE_LETTERS = 4_000

/**
 * Remembers a run, or that it was run again; of older ones without a note the newest stay. `idBefore`: the id it had
 * before its strategy was kept; it is one run, and keeps its note.
 */
export async function saveRun(run: SavedRun, idBefore = run.id): Promise<void> {
  await database.transaction("rw", database.runs, async () => {
    const [own, other] = await database.runs.bulkGet([run.id, idBefore])
    if (idBefore !== run.id) await database.runs.delete(idBefore)
    await database.runs.put({ ...run, note: own?.note ?? other?.note })
    await makeRoom()
  })
}

/** Inside the caller's transaction over `runs`. */
async function makeRoom(): Promise<void> {
  const old = await database.runs.orderBy("ranAtMs").reverse().offset(MOST_RUNS).toArray()
  await database.runs.bulkDelete(old.filter(({ note }) => !note).map(({ id }) => id))
}

/** A run as a file has it: which strategy of the library it was of is known by where it stands there. */
export type RunOfLibrary = Omit<SavedRun, "id" | "strategyId">

/** A run that is here now; `isNew`: it was not here before. */
export type AddedRun = { id: string; isNew: boolean }

/** Puts runs of a file beside those that are here; of one that is here already its note is taken where it has none. */
export async function addRuns(runs: readonly RunOfLibrary[], strategyId?: string): Promise<AddedRun[]> {
  const wanted = await Promise.all(runs.map((run) => withId(run, strategyId)))
  return database.transaction("rw", database.runs, async () => {
    const own = await database.runs.bulkGet(wanted.map(({ id }) => id))
    await database.runs.bulkPut(
      wanted.map((run, at) => (own[at] ? { ...own[at], note: own[at].note || run.note } : run)),
    )
    await makeRoom()
    return wanted.map(({ id }, at) => ({ id, isNew: own[at] === undefined }))
  })
}

async function withId(run: RunOfLibrary, strategyId: string | undefined): Promise<SavedRun> {
  if (strategyId === undefined) return { ...run, id: await runIdOf(run) }
  const address = searchText({ ...parseSearch(run.address), strategy: strategyId })
  const own = { ...run, address, strategyId }
  return { ...own, id: await runIdOf(own) }
}

/** Runs, newest first. */
export function listRuns(): Promise<SavedRun[]> {
  return database.runs.orderBy("ranAtMs").reverse().toArray()
}

/** These runs, in this order; those that are not there are left out. */
export async function findRuns(ids: string[]): Promise<SavedRun[]> {
  return (await database.runs.bulkGet(ids)).filter((run) => run !== undefined)
}

/** The runs of one strategy, newest first. */
export async function runsOf(strategyId: string): Promise<SavedRun[]> {
  const runs = await database.runs.where("strategyId").equals(strategyId).toArray()
  return runs.toSorted((a, b) => b.ranAtMs - a.ranAtMs)
}

/** Writes a person's words to a run. */
export async function noteRun(id: string, note: string): Promise<void> {
  await database.runs.update(id, { note: note.slice(0, MOST_NOTE_LETTERS) })
}

/** Takes a run away, and answers with it so that it can be put back. */
export async function forgetRun(id: string): Promise<SavedRun | undefined> {
  const run = await database.runs.get(id)
  await database.runs.delete(id)
  return run
}

/** Puts a run back that was taken away. */
export async function restoreRun(run: SavedRun): Promise<void> {
  await database.runs.put(run)
}
