import type { Light } from "#engine/result"
import { useEffect } from "react"
import type { AppliedCard, CardTest } from "../db/chat-turn.ts"
import { type KeptStrategy } from "../db/kept-strategy.ts"
import { rememberRun } from "../run/run-memory.ts"
import type { RunReport } from "../run/run-report.ts"
import { jobOf } from "../run/setup-job.ts"
import { lightsIn, type Run, useRun } from "../run/use-run.ts"
import { usePreferences } from "../settings/index.ts"
import { useStable } from "../ui/use-stable.ts"
import type { TestPlace } from "./test-setup.ts"

type ToTest = { applied: AppliedCard; kept: KeptStrategy; place: TestPlace }

/** Tests a strategy that was just put into the library, and keeps the run among its runs; `onTested` hears of it. */
export function useCardTest({ applied, kept, place }: ToTest, onTested: (test: CardTest) => void): Run {
  const { timeZone } = usePreferences()
  const setup = { ...place.setup, strategy: applied.strategyId }
  const run = useRun(jobOf(setup, kept.draft, [place.market], timeZone))
  const { state, report } = run
  const tested = useStable(onTested)
  const remember = useStable(async (report: RunReport) => {
    const runId = await rememberRun(setup, report, { kept: true })
    const lights: Light[] = []
    await lightsIn(report, (some) => void lights.push(...some))
    tested({ runId, lights })
  })
  useEffect(() => {
    if (state === "done" && report) remember(report)
  }, [state, report, remember])
  return run
}
