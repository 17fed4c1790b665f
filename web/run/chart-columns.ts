import { type Candles, columnsBy, countBefore, timeframesMs } from "#engine/candles"
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
  const bars = barsOf(candles, first, last, barMs)
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

function barsOf(candles: Candles, first: number, last: number, barMs: number) {
  if (barMs === candles.timeframeMs) return ownBars(candles, first, last)
  const bars = emptyBars(last - first + 1)
  let bar = -1
  for (let at = first; at <= last; at++) {
    const openTimeMs = barOf(candles.openTimeMs[at], barMs)
    if (bar < 0 || bars.openTimeMs[bar] !== openTimeMs) {
      bar++
      bars.openTimeMs[bar] = openTimeMs
      bars.open[bar] = candles.open[at]
      bars.high[bar] = candles.high[at]
      bars.low[bar] = candles.low[at]
    }
    bars.high[bar] = Math.max(bars.high[bar], candles.high[at])
    bars.low[bar] = Math.min(bars.low[bar], candles.low[at])
    bars.close[bar] = candles.close[at]
    bars.volume[bar] += candles.volume[at]
  }
  return columnsBy((name) => bars[name].slice(0, bar + 1))
}

/** The candles as they are. */
function ownBars(candles: Candles, first: number, last: number) {
  return columnsBy((name) => candles[name].slice(first, last + 1))
}

function emptyBars(count: number) {
  return columnsBy(() => new Float64Array(count))
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
  { equity, holding, cash }: { equity: EquityCurve; holding: Float64Array; cash: number },
) {
  const columns = {
    equity: new Float64Array(barTimesMs.length),
    holding: new Float64Array(barTimesMs.length),
    underwaterPercent: new Float64Array(barTimesMs.length),
  }
  let [sample, peak, now, held] = [0, cash, cash, cash]
  for (let bar = 0; bar < barTimesMs.length; bar++) {
    let deepest = now / peak - 1
    for (; sample < equity.equity.length && equity.openTimeMs[sample] < barTimesMs[bar] + barMs; sample++) {
      now = equity.equity[sample]
      held = holding[sample]
      peak = Math.max(peak, now)
      deepest = Math.min(deepest, now / peak - 1)
    }
    columns.equity[bar] = now
    columns.holding[bar] = held
    columns.underwaterPercent[bar] = 100 * deepest
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
