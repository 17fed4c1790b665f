import Dexie, { type EntityTable, type Table } from "dexie"
import type { CandleChunk } from "./candle-chunk.ts"
import type { SavedMarket } from "./market-catalogue.ts"
import type { SavedRun } from "./saved-run.ts"

/** Everything Candlewright keeps in this browser. */
export class Database extends Dexie {
  declare markets: EntityTable<SavedMarket, "id">
  declare candleChunks: Table<CandleChunk, [string, number]>
  declare runs: EntityTable<SavedRun, "id">

  constructor() {
    super("candlewright")
    this.version(1).stores({
      markets: "id, importedAtMs",
      candleChunks: "[marketId+index]",
      runs: "id, ranAtMs",
    })
  }
}

/** One connection for each window and worker; opened by its first use. */
export const database = new Database()
