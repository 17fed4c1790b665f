import { type CandleColumns, type Candles, columnsBy, countBefore, timeframesMs } from "#engine/candles"
import { type EquityCurve } from "#engine/result"

/**
 * The chart of a run, all columns on one clock: a bar of candles with the equity at its end and the deepest dip
 * within it.
 */
export type ChartColumns = {
  barMs: number
  openTimeMs: Float64Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  equity: Float64Array
  holding: Float64Array
  /** Percent below the highest equity so far: 0 or negative. */
  underwaterPercent: Float64Array
}

/** More bars than a screen has pixels cost time and show nothing. */
export const MAX_BARS = 20_000

type ChartInput = { candles: Candles; equity: EquityCurve; holding: Float64Array; cash: number; maxBars?: number }

/**
 * Draws candles and equity together: from the first equity sample on, in bars coarse enough that there are at most
 * `maxBars`.
 */
export function chartColumns({ candles, equity, holding, cash, maxBars = MAX_BARS }: ChartInput): ChartColumns {
  const sampleMs = equity.openTimeMs.length > 1 ? shortestStep(equity.openTimeMs) : candles.timeframeMs
  const fromMs = equity.openTimeMs[0] ?? candles.openTimeMs[0]
  const first = countBefore(candles.openTimeMs, fromMs)
  const last = lastCandle(candles, equity.openTimeMs.at(-1), sampleMs)
  const barMs = barLength(Math.max(sampleMs, candles.timeframeMs), candles.openTimeMs[last] - fromMs, maxBars)
  const bars = barsOf(candles, { first, last, barMs })
  return { barMs, ...bars, ...equityOnBars(bars.openTimeMs, barMs, { equity, holding, cash }) }
}

function shortestStep(openTimeMs: Float64Array): number {
  let shortest = Infinity
  for (let at = 1; at < Math.min(openTimeMs.length, 1000); at++)
    shortest = Math.min(shortest, openTimeMs[at] - openTimeMs[at - 1])
  return shortest
}

function lastCandle(candles: Candles, lastSampleMs: number | undefined, sampleMs: number): number {
  const end =
    lastSampleMs === undefined ? candles.openTimeMs.length : countBefore(candles.openTimeMs, lastSampleMs + sampleMs)
  return end - 1
}

/** The shortest of our timeframes, not finer than `finestMs`, that covers the span in few enough bars. */
function barLength(finestMs: number, spanMs: number, maxBars: number): number {
  const lengths = [finestMs, ...Object.values(timeframesMs).filter((lengthMs) => lengthMs > finestMs)]
  return lengths.find((lengthMs) => spanMs / lengthMs < maxBars) ?? timeframesMs["1w"]
}

type Bars = CandleColumns
type Stretch = { first: number; last: number; barMs: number }

/** The bars drawn last of some candles: a slider draws the same ones again and again. */
const drawn = new WeakMap<Candles, Stretch & { bars: Bars }>()

/** Fresh columns, for whoever receives them may keep them. */
function barsOf(candles: Candles, stretch: Stretch): Bars {
  const { first, last, barMs } = stretch
  if (barMs === candles.timeframeMs) return columnsBy((name) => candles[name].slice(first, last + 1))
  const known = drawn.get(candles)
  const isSame = known?.first === first && known.last === last && known.barMs === barMs
  const bars = isSame ? known.bars : widerBars(candles, stretch)
  if (!isSame) drawn.set(candles, { ...stretch, bars })
  return columnsBy((name) => bars[name].slice())
}

function widerBars({ openTimeMs, open, high, low, close, volume }: Candles, { first, last, barMs }: Stretch): Bars {
  const starts = barStarts(openTimeMs, first, last, barMs)
  const bars = columnsBy(() => new Float64Array(starts.length))
  for (let bar = 0, at = first; bar < starts.length; bar++) {
    const end = bar + 1 < starts.length ? starts[bar + 1] : last + 1
    bars.openTimeMs[bar] = barOf(openTimeMs[at], barMs)
    bars.open[bar] = open[at]
    bars.close[bar] = close[end - 1]
    bars.high[bar] = high[at]
    bars.low[bar] = low[at]
    for (; at < end; at++) {
      if (high[at] > bars.high[bar]) bars.high[bar] = high[at]
      if (low[at] < bars.low[bar]) bars.low[bar] = low[at]
      bars.volume[bar] += volume[at]
    }
  }
  return bars
}

/** The candles that begin a bar. */
function barStarts(openTimeMs: Float64Array, first: number, last: number, barMs: number): number[] {
  const starts: number[] = []
  let endMs = -Infinity
  for (let at = first; at <= last; at++) {
    if (openTimeMs[at] < endMs) continue
    starts.push(at)
    endMs = barOf(openTimeMs[at], barMs) + barMs
  }
  return starts
}

/** The open time of the bar at a moment. Weeks begin on Monday, and the epoch was a Thursday. */
export function barOf(timeMs: number, barMs: number): number {
  const offsetMs = barMs === timeframesMs["1w"] ? 4 * timeframesMs["1d"] : 0
  return Math.floor((timeMs - offsetMs) / barMs) * barMs + offsetMs
}

/** The index of the bar at a moment; the first or the last one when it is before or after them all. */
export function barPlace(openTimeMs: Float64Array, timeMs: number): number {
  const before = countBefore(openTimeMs, timeMs)
  return Math.max(0, openTimeMs[before] === timeMs ? before : before - 1)
}

function equityOnBars(
  barTimesMs: Float64Array,
  barMs: number,
  { equity: curve, holding, cash }: { equity: EquityCurve; holding: Float64Array; cash: number },
) {
  const { openTimeMs, equity } = curve
  const columns = {
    equity: new Float64Array(barTimesMs.length),
    holding: new Float64Array(barTimesMs.length),
    underwaterPercent: new Float64Array(barTimesMs.length),
  }
  let sample = 0
  let peak = cash
  let now = cash
  for (let bar = 0; bar < barTimesMs.length; bar++) {
    const endMs = barTimesMs[bar] + barMs
    let deepest = 0
    let lowest = now
    for (; sample < equity.length && openTimeMs[sample] < endMs; sample++) {
      now = equity[sample]
      if (now > peak) {
        deepest = Math.min(deepest, lowest / peak - 1)
        peak = now
        lowest = now
      } else if (now < lowest) lowest = now
    }
    columns.equity[bar] = now
    columns.holding[bar] = sample > 0 ? holding[sample - 1] : cash
    columns.underwaterPercent[bar] = 100 * Math.min(deepest, lowest / peak - 1)
  }
  return columns
}

/** Whether two charts have the same bars, whatever the money on them. */
export function sameBars(one: ChartColumns, other: ChartColumns): boolean {
  return one.barMs === other.barMs && barColumns.every((name) => equal(one[name], other[name]))
}

/** `now`, with the very columns of `before` where its bars are the same: nobody has to look at each of them again. */
export function withBarsOf(before: ChartColumns | undefined, now: ChartColumns): ChartColumns {
  return before && sameBars(before, now) ? { ...now, ...columnsBy((name) => before[name]) } : now
}

const barColumns = ["openTimeMs", "open", "high", "low", "close", "volume"] as const

function equal(one: Float64Array, other: Float64Array): boolean {
  if (one === other) return true
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}
