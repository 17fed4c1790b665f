import type { TradeLevels } from "#engine/run"
import { expose } from "comlink"
import { loadSampleCandles } from "../db/sample-market.ts"
import { fetchEngine } from "./fetch-engine.ts"
import { levelsOf, type RunAnswer, type RunJob, runJob } from "./run-job.ts"

export type BacktestApi = {
  /** Runs a job; a newer call takes the place of one under way. Throws when the engine or the candles cannot be had. */
  run(job: RunJob, onProgress: (share: number) => void): Promise<RunAnswer>
  /** Stop and targets over a stretch of a job's run; nothing when they cannot be known. */
  levels(job: RunJob, stretch: { fromMs: number; toMs: number }): Promise<TradeLevels | undefined>
}

expose({ run, levels: levelsOf } satisfies BacktestApi)

// Most visits begin with the sample: engine and candles come in while the page is still starting. A failure is told
// by the job that needs them.
fetchEngine().catch(() => {})
loadSampleCandles().catch(() => {})

let current = new AbortController()

async function run(job: RunJob, onProgress: (share: number) => void): Promise<RunAnswer> {
  current.abort()
  current = new AbortController()
  const { signal } = current
  // While a slider is dragged, jobs queue up: the newer ones that are already here are heard first.
  await new Promise((resolve) => setTimeout(resolve))
  if (signal.aborted) return { state: "superseded" }
  try {
    return await runJob(job, { onProgress, signal })
  } catch (error) {
    if (signal.aborted) return { state: "superseded" }
    throw error
  }
}
