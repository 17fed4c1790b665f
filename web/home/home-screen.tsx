import { Link } from "@tanstack/react-router"
import { lazy, Suspense } from "react"
import { sampleMarket } from "../db/sample-market.ts"
import { MadeUpChip } from "../figure/made-up-chip.tsx"
import { RunStatus, useRun, Verdict, verdictText } from "../result/index.ts"
import { madeUpOfMarkets } from "../run/made-up.ts"
import { defaultSetup } from "../run/run-setup.ts"
import { jobOf } from "../run/setup-job.ts"
import { whenIdle } from "../run/when-idle.ts"
import { usePreferences } from "../settings/index.ts"
import { usualTemplate } from "#engine/strategy"
import { formatCount } from "../ui/number-format.ts"
import { Skeleton } from "../ui/skeleton.tsx"
import { IdeaField } from "./idea-field.tsx"

// The sentence comes first: the chart's code is the largest of the screen, and is fetched once the answer is painted.
const RunChart = lazy(async () => {
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  return { default: (await import("./home-chart.ts")).RunChart }
})

// Behind them are all the templates: whoever reads the first answer has not chosen another yet. They come after the
// chart, when nothing else is to be done.
const Doors = lazy(async () => {
  await import("./home-chart.ts")
  await new Promise((resolve) => whenIdle(() => resolve(undefined)))
  return { default: (await import("./doors.tsx")).Doors }
})

const template = usualTemplate
// Home counts nothing by hours or weekdays, so the time zone does not matter.
const job = jobOf(defaultSetup, template.document, [sampleMarket], "utc")

/** A backtest that has just run in this browser, before the person had to decide anything. */
export function HomeScreen() {
  const run = useRun(job)
  const { timeZone } = usePreferences()
  const { report } = run
  return (
    <>
      <title>Candlewright</title>
      <header className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-base font-semibold">{template.document.name} on a sample market</h1>
          <MadeUpChip of={madeUpOfMarkets([sampleMarket])} />
        </div>
        {report ? <Verdict report={report} /> : <Skeleton className="h-35 w-full max-w-160 md:h-18" />}
        <p className="max-w-[72ch] text-ink-soft">
          {template.document.description} This test has just run in your browser, on prices we made up; nothing was sent
          anywhere. Change anything:{" "}
          <Link
            to="/backtest"
            search={{ strategy: template.id }}
            className="underline underline-offset-4 hover:text-ink-strong"
          >
            open it with its sliders
          </Link>
          .
        </p>
        <IdeaField />
      </header>
      {(run.state === "failed" || run.state === "refused") && <RunStatus run={run} />}
      <div aria-busy={run.state === "running"} className="min-h-133 md:min-h-146">
        {report && (
          <Suspense
            fallback={
              <div aria-busy>
                <Skeleton className="h-133 md:h-146" />
              </div>
            }
          >
            <RunChart
              title={`${template.document.name} on a sample market`}
              summary={`${verdictText(report)} ${formatCount(report.trades.length, "trade")}.`}
              columns={report.chart}
              trades={report.trades}
              panes={["price", "equity"]}
              priceDecimals={report.market.priceDecimals}
              currency={report.market.currency}
              zone={timeZone}
              className="h-90 md:h-115"
            />
          </Suspense>
        )}
      </div>
      {run.state !== "running" && (
        <Suspense>
          <Doors />
        </Suspense>
      )}
    </>
  )
}
