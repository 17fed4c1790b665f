import type { CandlestickData, ISeriesApi, LineData, UTCTimestamp } from "lightweight-charts"
import type { ChartColumns } from "../run/chart-columns.ts"

/** An invisible series that gives a pane its axis. */
export type Anchor = ISeriesApi<"Line">

/** A replay that goes on or back by these adds or takes single bars; with more, all are set anew. */
const MOST_STEPS = 100

/** The bars of a run in its chart: candles, and the points that give every pane below them an axis. */
export class RunBars {
  constructor(
    private readonly candles: ISeriesApi<"Candlestick">,
    private readonly anchors: readonly Anchor[],
  ) {}

  set(columns: ChartColumns): void {
    this.candles.setData(Array.from(columns.close, (_, bar) => candleOf(columns, bar)))
    for (const anchor of this.anchors) anchor.setData(newest(columns))
  }

  clear(): void {
    for (const series of [this.candles, ...this.anchors]) series.setData([])
  }

  /** Goes from one moment of a run to another, bar by bar. Returns false, and does nothing, where they are far apart. */
  step(before: ChartColumns, now: ChartColumns): boolean {
    const [from, to] = [before.close.length, now.close.length]
    if (!isOneRun(before, now) || Math.abs(to - from) > MOST_STEPS) return false
    for (let bar = from; bar < to; bar++) this.#add(now, bar)
    if (to < from) this.#drop(from - to, now)
    return true
  }

  #add(columns: ChartColumns, bar: number): void {
    this.candles.update(candleOf(columns, bar))
    for (const anchor of this.anchors) anchor.update({ time: barTime(columns, bar), value: 1 })
  }

  #drop(bars: number, columns: ChartColumns): void {
    for (const anchor of this.anchors) {
      if (anchor.data().length > bars) anchor.pop(bars)
      else anchor.setData(newest(columns))
    }
    this.candles.pop(bars)
  }
}

/** The library's time of a bar. */
export function barTime({ openTimeMs }: ChartColumns, bar: number): UTCTimestamp {
  return (openTimeMs[bar] / 1000) as UTCTimestamp
}

/** Two moments of a replay are views of the same columns. */
function isOneRun({ close: one }: ChartColumns, { close: other }: ChartColumns): boolean {
  return one.buffer === other.buffer && one.byteOffset === other.byteOffset
}

function candleOf(columns: ChartColumns, bar: number): CandlestickData {
  const { open, high, low, close } = columns
  return { time: barTime(columns, bar), open: open[bar], high: high[bar], low: low[bar], close: close[bar] }
}

/** Points at the newest bars: some of them may go without a new axis. */
function newest(columns: ChartColumns): LineData[] {
  const count = columns.close.length
  const first = Math.max(0, count - MOST_STEPS - 1)
  return Array.from({ length: count - first }, (_, at) => ({ time: barTime(columns, first + at), value: 1 }))
}
