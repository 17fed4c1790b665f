import { database } from "./database.ts"

/** A backtest that was run: enough to name it in a list and to run it again from its address. */
export type SavedRun = {
  /** The address without its question mark; running the same thing again replaces the entry. */
  id: string
  ranAtMs: number
  market: string
  strategy: string
  totalReturnPercent: number | null
  tradeCount: number | null
  /** sha256 of the engine, of the strategy with its params, and of the candles: the same three give the same result. */
  hashes: { engine: string; strategy: string; data: string }
}

const KEPT = 20

/** Remembers a run; of older ones the newest twenty stay. */
export async function saveRun(run: SavedRun): Promise<void> {
  await database.transaction("rw", database.runs, async () => {
    await database.runs.put(run)
    const old = await database.runs.orderBy("ranAtMs").reverse().offset(KEPT).primaryKeys()
    await database.runs.bulkDelete(old)
  })
}

/** Runs, newest first. */
export function listRuns(): Promise<SavedRun[]> {
  return database.runs.orderBy("ranAtMs").reverse().toArray()
}
