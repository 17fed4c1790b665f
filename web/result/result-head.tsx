import { memo, useState } from "react"
import { usePreferences } from "../settings/index.ts"
import { classNames } from "../ui/class-names.ts"
import { formatClock } from "../ui/date-format.ts"
import { formatNumber } from "../ui/number-format.ts"
import { Skeleton } from "../ui/skeleton.tsx"
import { DangerFlags } from "../strategy/index.ts"
import type { RunReport } from "../run/run-report.ts"
import type { Run } from "../run/use-run.ts"
import { DataLine } from "./data-line.tsx"
import { ModelNotes } from "./model-notes.tsx"
import { Lights } from "./lights.tsx"
import { LeverageGap } from "./leverage-gap.tsx"
import { settingsWords } from "../run/settings-words.ts"
import { UnseenPart } from "./unseen-part.tsx"
import { Verdict } from "./verdict.tsx"

type ResultHeadProps = { report: RunReport; run: Run; isCompact: boolean }

/** The answer in a sentence, its candles, and how the last test went. Compact: the sentence alone. */
export const ResultHead = memo(function ResultHead({ report, run, isCompact }: ResultHeadProps) {
  const { timeZone } = usePreferences()
  // A look is stored outside of React; it changes the light as well.
  const [looks, setLooks] = useState(0)
  return (
    <div className="flex flex-col gap-2">
      {/* The longest sentence has room, so that the chart below does not jump from one to the next. */}
      <div className={isCompact ? undefined : "min-h-35 md:min-h-27"}>
        <Verdict report={report} isCompact={isCompact} />
      </div>
      <div className={isCompact ? "max-lg:hidden" : undefined}>
        <DataLine report={report} zone={timeZone} />
        <p data-testid="tested-with" className="min-h-10 max-w-[72ch] text-sm text-ink-soft md:min-h-5">
          {settingsWords(report)}
        </p>
        <DangerFlags document={report.job.strategy} leverage={report.job.leverage} params={report.job.params} />
        <ModelNotes report={report} />
        <LeverageGap fills={report.job.fills} leverage={report.job.leverage} />
        <UnseenPart report={report} zone={timeZone} onLooked={() => setLooks(looks + 1)} />
        <p role="status" className="min-h-5 text-sm text-ink-soft">
          {run.state === "done" && ranWords(run)}
        </p>
        <div className="pt-2">
          <Lights report={report} />
        </div>
      </div>
    </div>
  )
})

function ranWords({ tookMs, isRepeated }: Extract<Run, { state: "done" }>): string {
  const took = `Tested in ${formatNumber(Math.max(1, tookMs))} ms`
  return isRepeated
    ? `${took}, once more at ${formatClock(Date.now(), "local")}: the same result, to the last bit.`
    : `${took}.`
}

/** The room for the coming answer. Compact: for its sentence, where a phone shows no more. */
export function ResultHeadSkeleton({ isCompact }: { isCompact: boolean }) {
  return <Skeleton className={classNames("h-117 w-full md:h-72 xl:h-62", isCompact && "max-lg:h-18!")} />
}
