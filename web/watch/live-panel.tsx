import { lazy, Suspense, useEffect, useState } from "react"
import { candleColumnsOf, priceDecimalsOf, type Timeframe, timeframesMs } from "#engine/candles"
import { venueOf } from "#venues"
import { Select } from "../ui/select.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { Notice } from "../ui/notice.tsx"
import { formatPrice } from "../ui/number-format.ts"
import { usePreferences } from "../settings/index.ts"
import type { BoardChart } from "./board-chart.ts"
import type { Indicator } from "./chart-update.ts"
import { FormulaPanel } from "./formula-panel.tsx"
import { KeepButton } from "./keep-button.tsx"
import { LiveTable } from "./live-table.tsx"
import { NoteList } from "./note-list.tsx"
import { silenceOf } from "./silence.ts"
import { useBoard, useSecond } from "./use-watch-board.ts"
import type { WatchBoard } from "./watch-board.ts"
import { type WatchedMarket, watchKey } from "./watched-market.ts"
import { DayChange } from "./watch-row.tsx"

const LiveChart = lazy(async () => ({ default: (await import("../chart/index.ts")).LiveChart }))

/** Tells one chart from the next; the worker forgets the candles of all but the newest. */
let charts = 0

type LivePanelProps = {
  board: WatchBoard
  market: WatchedMarket
  timeframe: Timeframe
  indicators: Indicator[]
  onTimeframe: (timeframe: string) => void
  onIndicators: (indicators: Indicator[]) => void
}

/** One market's live chart with the person's formulas, how fresh it is, and what it does not draw. */
export function LivePanel({ board, market, timeframe, indicators, onTimeframe, onIndicators }: LivePanelProps) {
  const [id] = useState(() => ++charts)
  const newest = useBoard(board, ({ chart: shown }) => shown)
  const chart = newest?.id === id ? newest : undefined
  useEffect(() => board.show({ id, market, timeframe }, indicators), [board, id, market, timeframe, indicators])
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
        <KeepButton board={board} market={market} timeframe={timeframe} count={chart?.closed.length ?? 0} />
      </div>
      {chart?.history.state === "failed" && (
        <Notice kind="warn">{chart.history.because} The chart is completed as soon as the exchange answers.</Notice>
      )}
      <Picture
        chart={chart}
        timeframe={timeframe}
        title={`${market.symbol}, ${timeframe} candles, live`}
        onOldest={() => board.older()}
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
    <div className="flex min-w-0 grow flex-col max-sm:basis-full">
      <h2 id="chart-title" className="flex scroll-mt-4 flex-wrap items-baseline gap-x-3 text-lg font-semibold">
        {market.symbol} <span className="tabular-nums">{formatPrice(price?.price, price?.decimals)}</span>{" "}
        <DayChange percent={price?.dayChangePercent} />
      </h2>
      <p className="text-sm text-ink-soft">
        {name}
        {isPractice && ", made-up prices"} · <span className={isStale ? "text-warn" : undefined}>{words}</span>
      </p>
    </div>
  )
}

type PictureProps = { chart?: BoardChart; timeframe: Timeframe; title: string; onOldest: () => void }

function Picture({ chart, timeframe, title, onOldest }: PictureProps) {
  const { timeZone } = usePreferences()
  const waiting = (
    <div aria-busy>
      <Skeleton className="h-[24rem] w-full md:h-[32rem]" />
    </div>
  )
  if (!chart || chart.closed.length + chart.open.length === 0) return waiting
  return (
    <Suspense fallback={waiting}>
      <LiveChart
        title={title}
        picture={chart}
        barMs={timeframesMs[timeframe]}
        priceDecimals={decimalsOf(chart)}
        zone={timeZone}
        onOldest={onOldest}
        className="h-[22rem] md:h-[30rem]"
      />
    </Suspense>
  )
}

/** Told by the first candles, so that the axis does not change under the eyes. */
function decimalsOf({ closed, open }: BoardChart): number {
  return priceDecimalsOf(candleColumnsOf([...closed.slice(0, 50), ...open.slice(0, 1)]))
}
