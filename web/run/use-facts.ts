import { useEffect, useState } from "react"
import type { StrategyFacts } from "./facts-job.ts"
import type { RunJob } from "./run-job.ts"
import { factsIn } from "./use-run.ts"

/** What a person settled on is asked about; sliders on their way are not. */
const REST_MS = 400

/** What is known; of the job before while `isStale`, for what comes and goes in a blink makes the page jump. */
export type KnownFacts = { facts: StrategyFacts | undefined; isStale: boolean }

/** What a job's strategy did, asked when the job has been the same for a moment. */
export function useFacts(job: RunJob | undefined): KnownFacts {
  const [known, setKnown] = useState<{ key: string; facts: StrategyFacts | undefined }>()
  const key = job && JSON.stringify(job)
  useEffect(() => {
    if (key === undefined) return undefined
    let isWanted = true
    const timer = setTimeout(async () => {
      const facts = await factsIn(JSON.parse(key) as RunJob)
      if (isWanted) setKnown({ key, facts })
    }, REST_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [key])
  return { facts: known?.facts, isStale: key !== undefined && known?.key !== key }
}
