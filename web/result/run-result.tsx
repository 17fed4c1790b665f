import { timeframesMs } from "#engine/candles"
import type { Trade } from "#engine/result"
import { useState } from "react"
import { RunChart } from "../chart/index.ts"
import { usePreferences } from "../settings/index.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { formatNumber } from "../ui/number-format.ts"
import { Skeleton } from "../ui/skeleton.tsx"
import { Switch } from "../ui/switch.tsx"
import { Tabs } from "../ui/tabs.tsx"
import { timeframeName } from "../market/index.ts"
import { Basics } from "./basics.tsx"
import { CrashButton } from "./crash-button.tsx"
import { DataLine } from "./data-line.tsx"
import { Dips } from "./dips.tsx"
import { ExportButtons } from "./export-buttons.tsx"
import { Fingerprints } from "./fingerprints.tsx"
import { MetricList } from "./metric-list.tsx"
import type { RunReport } from "../run/run-report.ts"
import { TradeGroups } from "./trade-groups.tsx"
import { TradeTable } from "./trade-table.tsx"
import { Verdict, verdictText } from "./verdict.tsx"

/** A result, read from top to bottom like an answer: sentence, chart, eight numbers, the rest. */
export function RunResult({ report }: { report: RunReport }) {
  const { timeZone } = usePreferences()
  const [selected, setSelected] = useState<Trade>()
  const [logEquity, setLogEquity] = useState(false)
  const { market, metrics, trades, chart } = report
  const strategyMs = timeframesMs[report.timeframe]
  const shown = selected && trades.includes(selected) ? selected : undefined
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <div className="flex flex-col gap-2">
        <Verdict report={report} />
        <DataLine report={report} zone={timeZone} />
      </div>
      <div className="flex flex-col gap-1">
        <RunChart
          title={`${report.strategyName} on ${market.name}`}
          summary={`${verdictText(report)} ${formatNumber(trades.length)} trades.`}
          columns={chart}
          trades={trades}
          panes={["price", "equity", "underwater"]}
          priceDecimals={market.priceDecimals}
          currency={market.currency}
          zone={timeZone}
          logEquity={logEquity}
          selected={shown}
          onSelect={setSelected}
          className="h-115 md:h-150"
        />
        <div className="flex flex-wrap items-center justify-between gap-x-6 text-sm text-ink-soft">
          <span>
            {chart.barMs > market.timeframeMs &&
              `Drawn in candles of ${timeframeName(chart.barMs)}; tested on ${timeframeName(market.timeframeMs)}.`}
          </span>
          <Switch label="Logarithmic money" checked={logEquity} onChange={setLogEquity} />
        </div>
      </div>
      <Basics metrics={metrics} currency={market.currency} />
      <h2 className="sr-only">The rest of the result</h2>
      <Tabs
        label="The rest of the result"
        tabs={[
          {
            value: "trades",
            label: `Trades (${formatNumber(trades.length)})`,
            content:
              trades.length > 0 ? (
                <TradeTable trades={trades} market={market} zone={timeZone} selected={shown} onSelect={setSelected} />
              ) : (
                <NoTrades />
              ),
          },
          {
            value: "groups",
            label: "Where it came from",
            content: <TradeGroups tables={report.tables} currency={market.currency} />,
          },
          {
            value: "dips",
            label: "Worst dips",
            content: (
              <Dips
                dips={report.tables.worstDrawdowns}
                currency={market.currency}
                timeframeMs={strategyMs}
                zone={timeZone}
              />
            ),
          },
          {
            value: "numbers",
            label: "All numbers",
            content: (
              <MetricList metrics={metrics} currency={market.currency} timeframeMs={strategyMs} zone={timeZone} />
            ),
          },
          { value: "plan", label: "In plain words", content: <Plan report={report} /> },
          { value: "repeat", label: "Repeat or export", content: <Repeat report={report} /> },
        ]}
      />
    </div>
  )
}

function NoTrades() {
  return (
    <EmptyState title="No trades">
      The conditions to buy were never met at the close of a candle. A longer period, or another slider, may change
      that.
    </EmptyState>
  )
}

function Plan({ report }: { report: RunReport }) {
  return (
    <ul className="flex max-w-[72ch] list-disc flex-col gap-2 pl-5">
      {report.plan.map(({ text }) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}

function Repeat({ report }: { report: RunReport }) {
  return (
    <div className="flex flex-col gap-6">
      <CrashButton report={report} />
      <Fingerprints report={report} />
      <ExportButtons report={report} />
    </div>
  )
}

/** The shape of a result before there is one. */
export function RunResultSkeleton() {
  return (
    <div className="flex flex-col gap-6" aria-hidden>
      <Skeleton className="h-33 w-full max-w-160 md:h-25" />
      <Skeleton className="h-126 w-full md:h-161" />
      <Skeleton className="h-36 w-full" />
    </div>
  )
}
