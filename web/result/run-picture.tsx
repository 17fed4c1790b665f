import { type Trade, exitWords } from "#engine/result"
import { useMemo } from "react"
import { RunChart } from "../chart/index.ts"
import { timeframeName } from "../market/index.ts"
import type { RunReport } from "../run/run-report.ts"
import { useTradeLevels } from "../run/use-trade-levels.ts"
import type { TimeZone } from "../ui/date-format.ts"
import { formatCount } from "../ui/number-format.ts"
import { verdictText } from "./verdict.tsx"

type RunPictureProps = {
  report: RunReport
  zone: TimeZone
  selected: Trade | undefined
  onSelect: (trade: Trade | undefined) => void
  pointed: Trade | undefined
  onPoint: (trade: Trade | undefined) => void
  /** The candle in question, and how to ask about one and point at one. */
  markMs: number | undefined
  onCandle: (openTimeMs: number) => void
  onPointCandle: (openTimeMs: number | undefined) => void
}

/** The chart of a run, with stop and targets of the chosen trade or of the open one. */
export function RunPicture(props: RunPictureProps) {
  const { report, zone, selected, onSelect, pointed, onPoint, markMs, onCandle, onPointCandle } = props
  const { market, chart } = report
  const trades = useMemo(() => report.trades.filter((trade) => trade.market === market.name), [report, market.name])
  const stillOpen = trades.findLast(({ exitReason }) => exitReason === "endOfData")
  const levels = useTradeLevels(report, selected ?? stillOpen)
  return (
    <div className="flex flex-col gap-1">
      <RunChart
        title={`${report.strategyName} on ${market.name}`}
        viewKey={market.id}
        summary={`${verdictText(report)} ${formatCount(report.trades.length, "trade")}.`}
        columns={chart}
        trades={trades}
        lines={report.lines}
        levels={levels}
        panes={["price", "equity", "underwater"]}
        priceDecimals={market.priceDecimals}
        madeUp={report.madeUp}
        currency={market.currency}
        zone={zone}
        selected={selected}
        onSelect={onSelect}
        pointed={pointed}
        onPointTrade={onPoint}
        markMs={markMs}
        onCandle={onCandle}
        onPointCandle={onPointCandle}
        reasonOf={reasonOf}
        timeframeMs={market.timeframeMs}
        className="h-96 md:h-[clamp(20rem,50dvh,38rem)]"
      />
      {chart.barMs > market.timeframeMs && (
        <p className="text-sm text-ink-soft">
          Drawn in candles of {timeframeName(chart.barMs)}; tested on {timeframeName(market.timeframeMs)}.
        </p>
      )}
    </div>
  )
}

function reasonOf({ exitReason }: Trade): string {
  return exitWords[exitReason]
}
