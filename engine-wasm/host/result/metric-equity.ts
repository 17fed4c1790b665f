import { dailyEquity, dailyReturns, deviationOf, downsideDeviationOf, meanOf } from "./daily-returns.ts"
import { scanEquity } from "./drawdown.ts"
import { power } from "../candles/elementary-function.ts"
import { percentOf, ratio } from "./ratio.ts"
import type { RunRecord } from "./run-record.ts"
import { DAY_MS, timeframeOf } from "../candles/timeframe.ts"

/** The metrics of the run as a whole, from equity and time. */
export function equityMetrics(run: RunRecord) {
  const finalEquity = lastOf(run.equity.equity, run.cash)
  const totalReturnPercent = percentOf(finalEquity - run.cash, run.cash)
  const marketChangePercent = percentOf(run.holdingEnd - run.cash, run.cash)
  const drawdown = drawdownMetrics(run, finalEquity)
  const cagrPercent = cagrPercentOf(run.cash, finalEquity, daysOf(run))
  return {
    startEquity: run.cash,
    finalEquity,
    totalProfit: finalEquity - run.cash,
    totalReturnPercent,
    marketChangePercent,
    excessReturnPercent:
      totalReturnPercent === null || marketChangePercent === null ? null : totalReturnPercent - marketChangePercent,
    cagrPercent,
    calmar: cagrPercent === null ? null : ratio(cagrPercent, drawdown.maxDrawdownPercent),
    exposurePercent: percentOf(run.exposedSamples, run.equity.equity.length),
    ...drawdown,
    ...dailyMetrics(run),
    ...timeMetrics(run),
  }
}

/**
 * Calendar days from the first candle's open to the last candle's close, with fractions; 0 for a run without candles.
 */
export function daysOf(run: Pick<RunRecord, "equity" | "timeframeMs">): number {
  const times = run.equity.openTimeMs
  return times.length === 0 ? 0 : (times[times.length - 1] + run.timeframeMs - times[0]) / DAY_MS
}

function lastOf(samples: Float64Array, otherwise: number): number {
  return samples.length === 0 ? otherwise : samples[samples.length - 1]
}

/** A run of fewer days says little about a year, */
const FEW_DAYS = 30
/** and nothing at all where its days, repeated for a year, grow further than this. */
const MOST_OF_FEW_DAYS_PERCENT = 10_000

/** Compound growth per 365 days in percent; null below one day, and where few days grow beyond belief. */
export function cagrPercentOf(start: number, end: number, days: number): number | null {
  if (days < 1 || start <= 0) return null
  const percent = end <= 0 ? -100 : (power(end / start, 365 / days) - 1) * 100
  return isBeyondBelief(percent, days) ? null : percent
}

/** Whether a yearly growth says more about few days than about a year. */
export function isBeyondBelief(percent: number, days: number): boolean {
  return days < FEW_DAYS && percent > MOST_OF_FEW_DAYS_PERCENT
}

function drawdownMetrics(run: RunRecord, finalEquity: number) {
  const { deepest, longestUnderwaterMs, lowest, highest } = scanEquity(run)
  return {
    maxDrawdownPercent: deepest?.percent ?? 0,
    maxDrawdownMoney: deepest?.money ?? 0,
    drawdownStartMs: deepest?.startMs ?? null,
    drawdownBottomMs: deepest?.bottomMs ?? null,
    drawdownRecoveryMs: deepest?.recoveryMs ?? null,
    recoveryFactor: ratio(finalEquity - run.cash, deepest?.money ?? 0),
    longestUnderwaterDays: longestUnderwaterMs / DAY_MS,
    minEquity: lowest,
    maxEquity: highest,
  }
}

function dailyMetrics(run: RunRecord) {
  const returns = dailyReturns(dailyEquity(run.equity, run.timeframeMs), run.cash)
  const some = returns.length > 0
  return {
    ...returnRatios(returns),
    averageDailyReturnPercent: some ? meanOf(returns) * 100 : null,
    bestDayPercent: some ? highestOf(returns) * 100 : null,
    worstDayPercent: some ? lowestOf(returns) * 100 : null,
    ...daysBySign(returns),
  }
}

/** A smaller deviation of daily returns is the rounding of equal returns, not risk. */
export const ROUNDING = 1e-12

/**
 * Sharpe, Sortino and volatility of daily returns, annualised with sqrt(365), risk-free rate 0; null below two days
 * or when a return is infinite.
 */
export function returnRatios(returns: Float64Array): {
  sharpe: number | null
  sortino: number | null
  volatilityPercent: number | null
} {
  const deviation = deviationOf(returns)
  if (!Number.isFinite(deviation)) return { sharpe: null, sortino: null, volatilityPercent: null }
  const mean = meanOf(returns)
  const sortino = ratio(mean, downsideDeviationOf(returns))
  return {
    sharpe: deviation < ROUNDING ? null : (mean / deviation) * Math.sqrt(365),
    sortino: sortino === null ? null : sortino * Math.sqrt(365),
    volatilityPercent: deviation * Math.sqrt(365) * 100,
  }
}

function highestOf(values: Float64Array): number {
  return values.reduce((highest, value) => Math.max(highest, value), -Infinity)
}

function lowestOf(values: Float64Array): number {
  return values.reduce((lowest, value) => Math.min(lowest, value), Infinity)
}

function daysBySign(returns: Float64Array) {
  let winningDays = 0
  let losingDays = 0
  for (let i = 0; i < returns.length; i++) {
    if (returns[i] > 0) winningDays++
    else if (returns[i] < 0) losingDays++
  }
  return { winningDays, losingDays, drawDays: returns.length - winningDays - losingDays }
}

function timeMetrics(run: RunRecord) {
  const times = run.equity.openTimeMs
  const none = times.length === 0
  return {
    fromMs: none ? null : times[0],
    toMs: none ? null : times[times.length - 1] + run.timeframeMs,
    days: daysOf(run),
    timeframe: timeframeOf(run.timeframeMs) ?? null,
  }
}
