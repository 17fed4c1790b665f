import {
  type CandleSets,
  type MarketCandles,
  PortedWorker,
  type PoolWorker,
  TaskPool,
  type TaskReply,
} from "#engine/run"
import { startWorker } from "../worker/trusted-worker.ts"
import type { DeskTerms } from "./optimise-task-worker.ts"
import address from "./optimise-task-worker.ts?worker&url"

/** More bring little, and each has memory of its own. */
const MOST_WORKERS = 16
/** What the candles of all workers together may take. */
const MOST_CANDLE_BYTES = 1024 ** 3
/** A worker holds its candles, and again in an engine: as they are, and made anew. */
const COPIES = 3
const COLUMN_BYTES = 8

/** A pool of Web Workers over the same candles: one processor stays with the page. Call its `close` after the last task. */
export function taskWorkers(terms: DeskTerms): TaskPool {
  return new TaskPool({ width: workersFor(terms.sets), start: () => startTaskWorker(terms) })
}

/** How many workers candles are shared by: as many as there are processors but one, and as fit the memory. */
export function workersFor({ own, others = [] }: CandleSets, processors = navigator.hardwareConcurrency): number {
  const bytes = [...own, ...others].reduce((sum, market) => sum + bytesOf(market), 0)
  const thatFit = Math.floor(MOST_CANDLE_BYTES / (COPIES * Math.max(1, bytes)))
  return Math.max(1, Math.min(processors - 1, thatFit, MOST_WORKERS))
}

function bytesOf({ candles }: MarketCandles): number {
  return candles.openTimeMs.length * (6 + Object.keys(candles.extra).length) * COLUMN_BYTES
}

function startTaskWorker(terms: DeskTerms): PoolWorker {
  const web = startWorker(address, { name: "search" })
  const worker = new PortedWorker({
    post: (message) => web.postMessage(message),
    end: () => web.terminate(),
    after: (ms, act) => {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
  })
  web.addEventListener("message", ({ data }: MessageEvent<TaskReply>) => worker.hear(data))
  web.addEventListener("error", ({ message }) => worker.die(message || "its script could not be fetched"))
  web.postMessage(terms)
  return worker
}
