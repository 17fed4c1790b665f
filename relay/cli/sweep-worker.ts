import { parentPort, workerData } from "node:worker_threads"
import { openSession, sweep, type Engine, type MarketCandles, type SweepProgress, type SweepRequest, type Swept } from "#engine"

/** What a worker is given: it opens its own engine over its own copy of the candles. */
export type SweepWork = { engine: Engine; markets: MarketCandles[]; request: SweepRequest }
/** What it tells: how far it is, and at last its rows. */
export type SweepNews = { progress: SweepProgress } | { swept: Swept }

const { engine, markets, request } = workerData as SweepWork
const tell = (news: SweepNews) => parentPort?.postMessage(news)
tell({ swept: await sweep(openSession(engine, markets), request, { onProgress: (progress) => tell({ progress }) }) })
