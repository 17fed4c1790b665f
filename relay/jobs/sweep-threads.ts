import { availableParallelism } from "node:os"
import type { Worker } from "node:worker_threads"
import {
  variedCount,
  inSweepOrder,
  type MarketCandles,
  openSession,
  ranked,
  sweep,
  type SweepProgress,
  type SweepRequest,
  type Swept,
  type SweepVary,
} from "#engine/run"
import { startThread } from "../thread.ts"
import type { SweepNews, SweptCandles } from "./sweep-worker.ts"

/** Candles times combinations that are worth another thread. */
const WORTH_A_THREAD = 2e8

/** Sweeps here, or shared by so many threads. */
export async function sweptBy(
  candles: SweptCandles,
  request: SweepRequest,
  { threads, onProgress }: { threads: number; onProgress?: (progress: SweepProgress) => void },
): Promise<Swept> {
  if (threads <= 1) return sweep(openSession(candles.engine, candles.markets), request, { onProgress })
  const workers = new SweepThreads(candles, threads)
  try {
    return await workers.sweep(request, onProgress)
  } finally {
    await workers.close()
  }
}

/** How many threads a sweep is worth, up to as many as there are processors. */
export function usefulThreads(vary: SweepVary, markets: readonly MarketCandles[]): number {
  const candles = markets.reduce((sum, market) => sum + market.candles.openTimeMs.length, 0)
  return Math.min(availableParallelism(), Math.ceil((variedCount(vary) * candles) / WORTH_A_THREAD))
}

/** Workers that share sweeps over the same candles, each with its own engine. Call `close` after the last sweep. */
export class SweepThreads {
  readonly #workers: Worker[]

  constructor(candles: SweptCandles, threads: number) {
    this.#workers = Array.from({ length: threads }, () =>
      startThread("sweep-worker", import.meta.url, { data: candles }),
    )
  }

  /** Runs one sweep, an equal share of its combinations for each worker. One sweep at a time. */
  async sweep(request: SweepRequest, onProgress: (progress: SweepProgress) => void = () => {}): Promise<Swept> {
    const threads = this.#workers.length
    const progresses: SweepProgress[] = this.#workers.map(() => ({ done: 0, total: 0 }))
    const answers = this.#workers.map((worker, n) => {
      return partOf(worker, { ...request, part: { first: n, of: threads } }, (progress) => {
        progresses[n] = progress
        onProgress({
          done: progresses.reduce((sum, { done }) => sum + done, 0),
          total: progresses.reduce((sum, { total }) => sum + total, 0),
        })
      })
    })
    return joined(await Promise.all(answers), request)
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }
}

function partOf(worker: Worker, request: SweepRequest, onProgress: (progress: SweepProgress) => void): Promise<Swept> {
  return new Promise((resolve, reject) => {
    const listen = (news: SweepNews) => {
      if ("progress" in news) return onProgress(news.progress)
      worker.off("message", listen).off("error", reject)
      resolve(news.swept)
    }
    worker.on("message", listen).once("error", reject)
    worker.postMessage(request)
  })
}

function joined(parts: readonly Swept[], { vary, rank = "sharpe", fewestTrades }: SweepRequest): Swept {
  const refusal = parts.find((part) => !part.ok)
  if (refusal) return refusal
  const swept = parts.filter((part) => part.ok)
  return {
    ok: true,
    rows: ranked(
      inSweepOrder(
        swept.flatMap(({ rows }) => rows),
        vary,
      ),
      rank,
      fewestTrades,
    ),
    refused: swept.flatMap(({ refused }) => refused),
  }
}
