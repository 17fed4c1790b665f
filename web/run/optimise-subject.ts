import { sha256Hex } from "#engine/candles"
import type { RunJob } from "./run-job.ts"

/**
 * What a search of a job is about, as text: its rules, markets, period and account. Which values its params have now is
 * what it searches, and its name and what is shown of it change nothing.
 */
export function aboutOf(job: RunJob): string {
  const { params: _, shown: __, zone: ___, unseenPercent: ____, strategy, ...rest } = job
  const { params: own = {}, name: _____, ...rules } = strategy as { params?: object; name?: string }
  return JSON.stringify([rest, rules, Object.keys(own)])
}

/** Names what a search is about. */
export function subjectOf(job: RunJob): Promise<string> {
  return sha256Hex(new TextEncoder().encode(aboutOf(job)))
}
