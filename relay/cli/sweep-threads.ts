import { Worker } from "node:worker_threads"
import { inSweepOrder, ranked, type SweepProgress, type SweepRequest, type Swept } from "#engine/run"
import { installedScript } from "./installation.ts"
import type { SweepNews, SweptCandles } from "./sweep-worker.ts"

/** Workers that share sweeps over the same candles, each with its own engine. Call `close` after the last sweep. */
export class SweepThreads {
  readonly #workers: Worker[]

  constructor(candles: SweptCandles, threads: number) {
    this.#workers = Array.from(
      { length: threads },
      () => new Worker(installedScript("sweep-worker.mjs"), { workerData: candles }),
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
