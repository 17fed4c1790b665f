import { type Candles, timeframesMs } from "#engine/candles"
import { type EquityCurve } from "#engine/result"

/**
 * What a run looks like, all columns on one clock: a bar of candles with the equity at its end and the deepest dip
 * within it.
 */
export type ChartColumns = {
  barMs: number
  openTimeMs: Float64Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
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
  const first = firstAtOrAfter(candles.openTimeMs, fromMs)
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

function firstAtOrAfter(openTimeMs: Float64Array, timeMs: number): number {
  let [low, high] = [0, openTimeMs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (openTimeMs[middle] < timeMs) low = middle + 1
    else high = middle
  }
  return low
}

function lastCandle(candles: Candles, lastSampleMs: number | undefined, sampleMs: number): number {
  const end =
    lastSampleMs === undefined ? candles.openTimeMs.length : firstAtOrAfter(candles.openTimeMs, lastSampleMs + sampleMs)
  return end - 1
}

/** The shortest of our timeframes, not finer than `finestMs`, that covers the span in few enough bars. */
function barLength(finestMs: number, spanMs: number, maxBars: number): number {
  const lengths = [finestMs, ...Object.values(timeframesMs).filter((lengthMs) => lengthMs > finestMs)]
  return lengths.find((lengthMs) => spanMs / lengthMs < maxBars) ?? timeframesMs["1w"]
}

function barsOf(candles: Candles, first: number, last: number, barMs: number) {
  const bars = {
    openTimeMs: [] as number[],
    open: [] as number[],
    high: [] as number[],
    low: [] as number[],
    close: [] as number[],
  }
  for (let at = first; at <= last; at++) {
    const openTimeMs = barOf(candles.openTimeMs[at], barMs)
    const bar = bars.openTimeMs.length - 1
    if (bar < 0 || bars.openTimeMs[bar] !== openTimeMs) {
      bars.openTimeMs.push(openTimeMs)
      bars.open.push(candles.open[at])
      bars.high.push(candles.high[at])
      bars.low.push(candles.low[at])
      bars.close.push(candles.close[at])
      continue
    }
    bars.high[bar] = Math.max(bars.high[bar], candles.high[at])
    bars.low[bar] = Math.min(bars.low[bar], candles.low[at])
    bars.close[bar] = candles.close[at]
  }
  return {
    openTimeMs: Float64Array.from(bars.openTimeMs),
    open: Float64Array.from(bars.open),
    high: Float64Array.from(bars.high),
    low: Float64Array.from(bars.low),
    close: Float64Array.from(bars.close),
  }
}

/** The open time of the bar a moment lies in. Weeks begin on Monday, and the epoch was a Thursday. */
export function barOf(timeMs: number, barMs: number): number {
  const offsetMs = barMs === timeframesMs["1w"] ? 4 * timeframesMs["1d"] : 0
  return Math.floor((timeMs - offsetMs) / barMs) * barMs + offsetMs
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
