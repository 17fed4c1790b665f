import type { Worker } from "node:worker_threads"
import { HOUR_MS, MINUTE_MS } from "#engine/candles"
import type { Surroundings } from "../surroundings.ts"
import { startThread } from "../thread.ts"
import type { JobData, JobNews } from "./job-worker.ts"
import type { JobOutcome } from "./job.ts"

type ThreadOptions = {
  surroundings: Pick<Surroundings, "after">
  signal: AbortSignal
  onProgress: (progress: number) => void
  /** Receives our own bugs. */
  onBug: (error: unknown) => void
}

/** A job that takes longer than this asks for too much. */
const MOST_MS = HOUR_MS
const MOST_MEMORY_MB = 1_024
/** Half a million trades; more no page can show. */
const MOST_RESULT_LETTERS = 16 * 1024 * 1024

/** Works in a thread of its own until it ends. An aborted signal ends the thread at once and rejects with its reason. */
export async function inThread(data: JobData, options: ThreadOptions): Promise<JobOutcome> {
  const { signal, surroundings } = options
  signal.throwIfAborted()
  const worker = startThread("job-worker", import.meta.url, { data, mostMemoryMb: MOST_MEMORY_MB })
  let stopEarly = () => {}
  const stopped = new Promise<JobOutcome>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true })
    stopEarly = surroundings.after(MOST_MS, () => resolve({ error: late }))
  })
  try {
    return bounded(await Promise.race([outcomeOf(worker, options), stopped]))
  } finally {
    stopEarly()
    await worker.terminate()
  }
}

const late = `It took more than ${MOST_MS / MINUTE_MS} minutes. Take fewer values, a shorter period or a longer timeframe.`
const tooMuchMemory = `It needs more than ${MOST_MEMORY_MB} MB of memory. Take a shorter period, or fewer markets or values.`
const ourMistake = "Candlewright made a mistake and stopped this job. Nothing else was touched; the terminal says more."
const tooLarge = `Its answer is larger than ${MOST_RESULT_LETTERS / 1024 / 1024} MB. Take a shorter period, fewer markets or a longer timeframe.`

function outcomeOf(worker: Worker, { onProgress, onBug }: ThreadOptions): Promise<JobOutcome> {
  return new Promise((resolve) => {
    worker.on("message", (news: JobNews) => ("progress" in news ? onProgress(news.progress) : resolve(news)))
    worker.once("error", (error) => {
      const isLarge = (error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY"
      if (!isLarge) onBug(error)
      resolve({ error: isLarge ? tooMuchMemory : ourMistake })
    })
    worker.once("exit", () => resolve({ error: ourMistake }))
  })
}

function bounded(outcome: JobOutcome): JobOutcome {
  return "result" in outcome && outcome.result.length > MOST_RESULT_LETTERS ? { error: tooLarge } : outcome
}
