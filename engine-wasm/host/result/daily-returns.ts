import type { EquityCurve } from "./backtest-result.ts"
import { DAY_MS } from "../candles/timeframe.ts"

/** Equity at the end of each UTC day; day 0 of `equity` is `firstDay` days after 1970-01-01. */
export type DailyEquity = { firstDay: number; equity: Float64Array }

/**
 * Equity at the last strategy candle that closed within each UTC day, up to and including midnight. A day without a
 * candle keeps the day before: then a gap is a day without profit, and weekly candles scale to a year as they should.
 */
export function dailyEquity(curve: EquityCurve, timeframeMs: number): DailyEquity {
  const times = curve.openTimeMs
  const count = times.length
  if (count === 0) return { firstDay: 0, equity: new Float64Array(0) }
  // The closing midnight belongs to the day it ends.
  const closeAfterOpenMs = timeframeMs - 1
  const firstDay = Math.floor((times[0] + closeAfterOpenMs) / DAY_MS)
  const lastDay = Math.floor((times[count - 1] + closeAfterOpenMs) / DAY_MS)
  const equity = new Float64Array(lastDay - firstDay + 1)
  const candlesPerDay = Math.round(DAY_MS / timeframeMs)
  let next = 0
  for (let day = firstDay; day <= lastDay; day++) {
    next = firstAtOrAfter(times, (day + 1) * DAY_MS - closeAfterOpenMs, { from: next, guess: next + candlesPerDay })
    equity[day - firstDay] = curve.equity[next - 1]
  }
  return { firstDay, equity }
}

/**
 * Index of the first time at or after `timeMs`, from `from` on: the guess, right on every day without a gap, or else
 * by bisection.
 */
function firstAtOrAfter(times: Float64Array, timeMs: number, { from, guess }: { from: number; guess: number }): number {
  if (guess > from && guess < times.length && times[guess - 1] < timeMs && times[guess] >= timeMs) return guess
  let low = from
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] < timeMs) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Each day's gain as a fraction of the equity before it; the first day starts from the cash. After equity fell to 0
 * or below: 0.
 */
export function dailyReturns(daily: DailyEquity, cash: number): Float64Array {
  const returns = new Float64Array(daily.equity.length)
  let before = cash
  for (let i = 0; i < returns.length; i++) {
    const now = daily.equity[i]
    returns[i] = before > 0 ? now / before - 1 : 0
    before = now
  }
  return returns
}

/** Sum / count; NaN for none. */
export function meanOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Sample standard deviation, ddof 1; 0 for equal values, NaN below two. */
export function deviationOf(values: Float64Array): number {
  if (values.length < 2) return NaN
  const mean = meanOf(values)
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean)
  const deviation = Math.sqrt(squares / (values.length - 1))
  // Rounding can make equal values differ from their own mean, which is not a deviation.
  return deviation <= 1e-12 * Math.abs(mean) ? 0 : deviation
}

/** Root of the mean square of the values below 0, over all N values (Sortino & Price 1994, target 0). */
export function downsideDeviationOf(values: Float64Array): number {
  let squares = 0
  for (let i = 0; i < values.length; i++) if (values[i] < 0) squares += values[i] * values[i]
  return Math.sqrt(squares / values.length)
}
