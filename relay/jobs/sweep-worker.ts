import { parentPort, workerData } from "node:worker_threads"
import {
  openSession,
  sweep,
  type Engine,
  type MarketCandles,
  type SweepProgress,
  type SweepRequest,
  type Swept,
} from "#engine/run"

/** What a worker receives once: it opens its own engine over its own copy of the candles. */
export type SweptCandles = { engine: Engine; markets: MarketCandles[] }
/** What it sends for each request: its progress and, at last, its rows. */
export type SweepNews = { progress: SweepProgress } | { swept: Swept }

const { engine, markets } = workerData as SweptCandles
const session = openSession(engine, markets)
const post = (news: SweepNews) => parentPort?.postMessage(news)

parentPort?.on("message", async (request: SweepRequest) => {
  post({ swept: await sweep(session, request, { onProgress: (progress) => post({ progress }) }) })
})
