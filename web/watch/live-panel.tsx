import { Columns2 } from "lucide-react"
import type { Timeframe } from "#engine/candles"
import { venueOf } from "#venues"
import { Button } from "../ui/button.tsx"
import { formatPrice } from "../ui/number-format.ts"
import { Select } from "../ui/select.tsx"
import { StandInNote } from "../venue/index.ts"
import type { Indicator } from "./chart-update.ts"
import { FormulaPanel } from "./formula-panel.tsx"
import { KeepButton } from "./keep-button.tsx"
import { decimalsOf, LivePicture } from "./live-picture.tsx"
import { LiveTable } from "./live-table.tsx"
import { NoteList } from "./note-list.tsx"
import { silenceOf } from "./silence.ts"
import { useLiveChart } from "./use-live-chart.ts"
import { useBoard, useSecond } from "./use-watch-board.ts"
import type { WatchBoard } from "./watch-board.ts"
import { type WatchedMarket, watchKey } from "./watched-market.ts"
import { DayChange } from "./watch-row.tsx"

type LivePanelProps = {
  board: WatchBoard
  market: WatchedMarket
  timeframe: Timeframe
  indicators: Indicator[]
  onTimeframe: (timeframe: string) => void
  onIndicators: (indicators: Indicator[]) => void
  /** Shows a second chart; undefined while there is one. */
  onBeside?: () => void
}

/** One market's live chart with the person's formulas, how fresh it is, and what it does not draw. */
export function LivePanel({
  board,
  market,
  timeframe,
  indicators,
  onTimeframe,
  onIndicators,
  onBeside,
}: LivePanelProps) {
  const { id, chart } = useLiveChart(board, { market, timeframe, indicators })
  return (
    <section aria-labelledby="chart-title" className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-end gap-3">
        <Headline board={board} market={market} />
        <Select
          label="Candles of"
          value={timeframe}
          choices={venueOf(market.venue).timeframes.map((name) => ({ value: name, label: name }))}
          onChange={onTimeframe}
        />
        <KeepButton
          candles={() => board.candles(id)}
          market={market}
          timeframe={timeframe}
          count={chart?.closed.length ?? 0}
        />
        {onBeside && (
          <Button icon={<Columns2 aria-hidden className="size-4" />} onClick={onBeside}>
            Another beside
          </Button>
        )}
      </div>
      <LivePicture
        chart={chart}
        timeframe={timeframe}
        title={`${market.symbol}, ${timeframe} candles, live`}
        onOldest={() => board.older(id)}
      />
      {chart && <NoteList notes={chart.notes} timeframe={timeframe} decimals={decimalsOf(chart)} />}
      <FormulaPanel indicators={indicators} problems={chart?.problems ?? []} onChange={onIndicators} />
      {chart && <LiveTable chart={chart} timeframe={timeframe} decimals={decimalsOf(chart)} />}
    </section>
  )
}

function Headline({ board, market }: { board: WatchBoard; market: WatchedMarket }) {
  const price = useBoard(board, (each) => each.price(watchKey(market)))
  const line = useBoard(board, (each) => each.line(market.venue))
  const { words, isStale } = silenceOf({ line, heardAtMs: price?.heardAtMs, nowMs: useSecond() })
  const { name, isPractice } = venueOf(market.venue)
  return (
    // As wide whatever is written in it: the buttons beside it keep their line.
    <div className="flex min-w-64 grow basis-96 flex-col max-sm:basis-full">
      <h2 id="chart-title" className="flex scroll-mt-4 flex-wrap items-baseline gap-x-3 text-lg font-semibold">
        {market.symbol} <span className="tabular-nums">{formatPrice(price?.price, price?.decimals)}</span>{" "}
        <DayChange percent={price?.dayChangePercent} />
      </h2>
      <p className="text-sm text-ink-soft">
        {name}
        {isPractice && ", made-up prices"} · <span className={isStale ? "text-warn" : undefined}>{words}</span>
      </p>
      <StandInNote venue={market.venue} />
    </div>
  )
}
