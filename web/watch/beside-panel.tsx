import { X } from "lucide-react"
import type { Timeframe } from "#engine/candles"
import { venueOf } from "#venues"
import { IconButton } from "../ui/button.tsx"
import { Select } from "../ui/select.tsx"
import type { Beside } from "./beside.ts"
import type { Indicator } from "./chart-update.ts"
import { LivePicture } from "./live-picture.tsx"
import { useLiveChart } from "./use-live-chart.ts"
import type { WatchBoard } from "./watch-board.ts"
import { type WatchedMarket, watchKey } from "./watched-market.ts"

type BesidePanelProps = {
  board: WatchBoard
  markets: WatchedMarket[]
  beside: Beside
  indicators: Indicator[]
  onChange: (beside: Beside | undefined) => void
}

/** A second live chart: another market, or the same one in other candles. */
export function BesidePanel({ board, markets, beside, indicators, onChange }: BesidePanelProps) {
  const { market, timeframe } = beside
  const { id, chart } = useLiveChart(board, { market, timeframe, indicators })
  const name = (each: WatchedMarket) => `${each.symbol}, ${venueOf(each.venue).name}`
  return (
    <section aria-label="The chart beside" className="flex min-w-0 flex-col gap-4">
      <div className="flex min-h-14 items-end gap-3">
        <div className="min-w-0 grow">
          <Select
            label="Beside it"
            value={watchKey(market)}
            choices={markets.map((each) => ({ value: watchKey(each), label: name(each) }))}
            onChange={(key) => onChange({ market: markets.find((each) => watchKey(each) === key)!, timeframe })}
          />
        </div>
        <div className="w-24 shrink-0">
          <Select
            label="Candles of"
            value={timeframe}
            choices={venueOf(market.venue).timeframes.map((each) => ({ value: each, label: each }))}
            onChange={(each) => onChange({ market, timeframe: each as Timeframe })}
          />
        </div>
        <IconButton label="Close the chart beside" onClick={() => onChange(undefined)}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <LivePicture
        chart={chart}
        timeframe={timeframe}
        title={`${market.symbol}, ${timeframe} candles, live, beside`}
        onOldest={() => board.older(id)}
      />
    </section>
  )
}
