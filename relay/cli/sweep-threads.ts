import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { combinationCount, openSession, ranked, sweep, type SweepProgress, type Swept } from "#engine"
import { installedScript } from "./installation.ts"
import type { SweepNews, SweepWork } from "./sweep-worker.ts"

/** A sweep shared by workers, each with its own engine and candles. One thread needs no worker. */
export async function sweepOnThreads(work: SweepWork, threads: number, onProgress: (progress: SweepProgress) => void = () => {}): Promise<Swept> {
  const count = combinationCount(work.request.vary)
  const parts = Math.max(1, Math.min(threads, count))
  if (parts === 1) return sweep(openSession(work.engine, work.markets), work.request, { onProgress })
  const told: SweepProgress[] = Array.from({ length: parts }, () => ({ done: 0, total: 0 }))
  const answers = told.map((_, n) => {
    const part = { from: Math.floor((count * n) / parts), to: Math.floor((count * (n + 1)) / parts) }
    return sweptPart({ ...work, request: { ...work.request, part } }, (progress) => {
      told[n] = progress
      onProgress({ done: told.reduce((sum, { done }) => sum + done, 0), total: told.reduce((sum, { total }) => sum + total, 0) })
    })
  })
  return joined(await Promise.all(answers), work.request.rank)
}

async function sweptPart(work: SweepWork, onProgress: (progress: SweepProgress) => void): Promise<Swept> {
  const worker = new Worker(installedScript("sweep-worker.mjs"), { workerData: work })
  let answer: Swept | undefined
  worker.on("message", (news: SweepNews) => {
    if ("swept" in news) answer = news.swept
    else onProgress(news.progress)
  })
  await once(worker, "exit")
  if (answer === undefined) throw new Error("A worker of the sweep ended without an answer.")
  return answer
}

function joined(parts: readonly Swept[], rank: SweepWork["request"]["rank"] = "sharpe"): Swept {
  const refusal = parts.find((part) => !part.ok)
  if (refusal) return refusal
  const swept = parts.filter((part) => part.ok)
  return { ok: true, rows: ranked(swept.flatMap(({ rows }) => rows), rank), refused: swept.flatMap(({ refused }) => refused) }
}
