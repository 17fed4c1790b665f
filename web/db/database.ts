import type { Analysis, ModelCall } from "#models"
import Dexie, { type EntityTable, type Table } from "dexie"
import type { CandleChunk } from "./candle-chunk.ts"
import { moveCandles } from "./candles-of-version-1.ts"
import type { ChatThread } from "./chat-thread.ts"
import type { ChatTurn } from "./chat-turn.ts"
import type { ChunkEntry } from "./chunk-entry.ts"
import { pairOfOld } from "./currency-pair.ts"
import type { DownloadJob } from "./download-job.ts"
import type { SavedMarket } from "./market-catalogue.ts"
import type { KeptModel } from "./kept-model.ts"
import type { KeptOptimisation, OptimisationState } from "./kept-optimisation.ts"
import type { KeptStrategy } from "./kept-strategy.ts"
import type { KeptTraining } from "./kept-training.ts"
import type { ModelSettings } from "./model-settings.ts"
import type { Pairing } from "./pairing.ts"
import { moveRuns } from "./runs-of-version-6.ts"
import type { SavedRun } from "./saved-run.ts"
import type { KeptCall } from "./signal-call.ts"
import type { StrategyVersion } from "./strategy-version.ts"
import type { SavedWatchlist } from "./watchlist.ts"

/** Everything Candlewright keeps in this browser. */
export class Database extends Dexie {
  declare markets: EntityTable<SavedMarket, "id">
  /** The candles themselves; `chunkEntries` has one small row for each, written in the same transaction. */
  declare chunks: Table<CandleChunk, [string, number]>
  declare chunkEntries: Table<ChunkEntry, [string, number]>
  declare runs: EntityTable<SavedRun, "id">
  declare downloads: EntityTable<DownloadJob, "id">
  declare watchlists: EntityTable<SavedWatchlist, "id">
  declare strategies: EntityTable<KeptStrategy, "id">
  declare versions: Table<StrategyVersion, [string, number]>
  declare pairing: EntityTable<Pairing, "name">
  declare chatThreads: EntityTable<ChatThread, "id">
  declare chatTurns: EntityTable<ChatTurn, "id">
  declare modelSettings: EntityTable<ModelSettings, "name">
  declare modelCalls: EntityTable<ModelCall, "id">
  declare analyses: EntityTable<Analysis, "id">
  declare optimisations: EntityTable<KeptOptimisation, "id">
  /** Apart from `optimisations`: they are written every second, and large. */
  declare optimisationStates: EntityTable<OptimisationState, "id">
  declare models: EntityTable<KeptModel, "hash">
  declare trainings: EntityTable<KeptTraining, "id">
  declare signalCalls: EntityTable<KeptCall, "id">

  constructor(name = "candlewright") {
    super(name)
    this.version(1).stores({
      markets: "id, importedAtMs",
      candleChunks: "[marketId+index]",
      runs: "id, ranAtMs",
    })
    this.version(2)
      .stores({
        chunks: "[marketId+bucket]",
        chunkEntries: "[marketId+bucket]",
      })
      .upgrade(moveCandles)
    this.version(3).stores({ candleChunks: null })
    this.version(4).stores({ downloads: "id, createdAtMs" })
    this.version(5).stores({ watchlists: "id" })
    this.version(6).upgrade((transaction) =>
      transaction
        .table<SavedMarket>("markets")
        .toCollection()
        .modify((market) => void Object.assign(market, pairOfOld(market))),
    )
    this.version(7)
      .stores({
        runs: "id, ranAtMs, strategyId",
        strategies: "id, changedAtMs",
        versions: "[strategyId+number]",
      })
      .upgrade(moveRuns)
    this.version(8).stores({ pairing: "name" })
    this.version(9).stores({ chatThreads: "id, changedAtMs", chatTurns: "id, threadId" })
    this.version(10).stores({ modelSettings: "name", modelCalls: "id, atMs" })
    this.version(11).stores({ analyses: "id, atMs" })
    this.version(12).stores({ optimisations: "id, subject, changedAtMs", optimisationStates: "id" })
    this.version(13).stores({
      models: "hash, createdMs",
      trainings: "id",
      signalCalls: "id, source, market, dueMs, candleClosedMs",
    })
  }
}

/** One connection for each window and worker; opened by its first use. */
export const database = new Database()
