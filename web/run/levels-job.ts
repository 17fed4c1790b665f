import { type TradeLevels, tradeLevels } from "#engine/run"
import { layOut } from "./lay-out.ts"
import type { RunJob } from "./run-job.ts"

/** Stop and targets over a stretch of a job's run, where it is known. Throws as `runJob` does. */
export async function levelsOf(
  job: RunJob,
  stretch: { fromMs: number; toMs: number },
): Promise<TradeLevels | undefined> {
  const laidOut = await layOut(job)
  if (!laidOut.ok) return undefined
  const answer = tradeLevels(laidOut.markets.session, laidOut.plan, { market: job.shown, ...stretch })
  return answer.ok ? answer.levels : undefined
}
