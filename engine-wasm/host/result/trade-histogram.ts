import type { TradeColumns } from "./backtest-result.ts"
import { profitPercentOf } from "./trade-totals.ts"
import { HOUR_MS } from "../candles/timeframe.ts"

/** Values from `from` up to, but not including, `to`. */
export type Bin = { from: number; to: number; count: number }

/** Trades by profit in percent of the stake. 0 is always an edge, so no bar holds both winners and losers. */
export function profitHistogram(trades: TradeColumns, mostBins = 30): Bin[] {
  return histogramOf(
    Float64Array.from({ length: trades.count }, (_, i) => profitPercentOf(trades, i)),
    mostBins,
  )
}

/** Trades by holding time in hours. */
export function durationHistogram(trades: TradeColumns, mostBins = 30): Bin[] {
  const hours = Float64Array.from(
    { length: trades.count },
    (_, i) => (trades.exitTimeMs[i] - trades.entryTimeMs[i]) / HOUR_MS,
  )
  return histogramOf(hours, mostBins)
}

/**
 * Counts in bins of one round width (1, 2 or 5 times a power of ten), at most `mostBins` + 1 of them, edges at
 * multiples of the width.
 */
function histogramOf(values: Float64Array, mostBins: number): Bin[] {
  if (values.length === 0) return []
  const lowest = values.reduce((a, b) => Math.min(a, b))
  const highest = values.reduce((a, b) => Math.max(a, b))
  const width = roundWidth((highest - lowest) / (mostBins - 1))
  const first = Math.floor(lowest / width)
  const bins = Array.from({ length: Math.floor(highest / width) - first + 1 }, (_, k) => ({
    from: (first + k) * width,
    to: (first + k + 1) * width,
    count: 0,
  }))
  for (const value of values) bins[Math.floor(value / width) - first].count++
  return bins
}

// Values this close (percent, hours) look the same.
const SAME = 1e-9

/** The smallest of 1, 2, 5 x a power of ten that is at least `width`; 1 for equal values. */
function roundWidth(width: number): number {
  if (!(width > SAME)) return 1
  const power = 10 ** Math.floor(Math.log10(width))
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= width) ?? 10 * power
}
