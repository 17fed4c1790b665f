import { RotateCw } from "lucide-react"
import { useState } from "react"
import type { RunDetail, SavedRun } from "../../db/saved-run.ts"
import { runRefusals } from "../../run/run-refusal.ts"
import type { RunReport } from "../../run/run-report.ts"
import { setupFromSearch } from "../../run/run-setup.ts"
import { type JobMarket, jobOf } from "../../run/setup-job.ts"
import { useRun } from "../../run/use-run.ts"
import { parseSearch } from "../../search-text.ts"
import { usePreferences } from "../../settings/index.ts"
import { Button } from "../../ui/button.tsx"
import { RunStatus } from "../run-status.tsx"
import { type ComparedRun, NumberTable } from "./number-table.tsx"

type RepeatRunProps = { run: SavedRun; detail: RunDetail; markets: readonly [JobMarket, ...JobMarket[]] }

/** Runs a kept run again, with this engine and the candles there are now, and says what is different. */
export function RepeatRun({ run, detail, markets }: RepeatRunProps) {
  const [isWanted, setWanted] = useState(false)
  const { timeZone } = usePreferences()
  const setup = { ...setupFromSearch(parseSearch(run.address)), params: {} }
  const again = useRun(isWanted ? jobOf(setup, detail.document, markets, timeZone) : undefined)
  return (
    <section className="flex flex-col items-start gap-3">
      <Button
        icon={<RotateCw aria-hidden className="size-4" />}
        onClick={() => (isWanted ? again.run() : setWanted(true))}
      >
        Repeat this run
      </Button>
      {isWanted && (
        <RunStatus
          run={again}
          refusals={again.state === "refused" ? runRefusals(again.problems, detail.document, {}) : []}
        />
      )}
      {isWanted && again.state === "done" && again.report && (
        <Repeated run={run} detail={detail} report={again.report} />
      )}
    </section>
  )
}

function Repeated({ run, detail, report }: { run: SavedRun; detail: RunDetail; report: RunReport }) {
  if (report.resultHash === detail.resultHash)
    return (
      <p role="status" className="text-ink-strong">
        The same result, to the last bit.
      </p>
    )
  const { currency, cash } = detail
  const columns: ComparedRun[] = [
    { name: "As kept", metrics: detail.metrics, currency, cash },
    { name: "Repeated now", metrics: report.metrics, currency: report.market.currency, cash: report.cash },
  ]
  return (
    <div className="flex w-full flex-col gap-3">
      <p role="status" className="max-w-[72ch] text-ink-strong">
        {differenceWords(run, report)}
      </p>
      <NumberTable runs={columns} />
    </div>
  )
}

function differenceWords({ hashes }: SavedRun, report: RunReport): string {
  const causes = [
    hashes.data !== report.hashes.data && "the candles have changed",
    hashes.engine !== report.hashes.engine && "another engine ran it",
    hashes.strategy !== report.hashes.strategy && "the strategy is read differently now",
  ].filter(Boolean)
  return causes.length > 0
    ? `The result differs, because ${causes.join(" and ")} since then.`
    : "The result differs, though engine, strategy and candles are the same: the settings mean something else now."
}
