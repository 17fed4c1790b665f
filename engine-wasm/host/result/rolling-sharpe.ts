import { DAY_MS } from "../candles/timeframe.ts"
import { dailyEquity, dailyReturns } from "./daily-returns.ts"
import { returnRatios } from "./metric-equity.ts"
import type { RunRecord } from "./run-record.ts"

/** The Sharpe ratio of the `ROLLING_DAYS` days that end with a UTC day. */
export type RollingSharpe = { dayMs: number[]; sharpe: (number | null)[] }

export const ROLLING_DAYS = 90

/**
 * How steady the gain was as time went on: the Sharpe ratio over the last 90 days, for each day from the ninetieth
 * on; null where nothing moved. Empty for a shorter run.
 */
export function rollingSharpe(run: Pick<RunRecord, "equity" | "cash" | "timeframeMs">): RollingSharpe {
  const daily = dailyEquity(run.equity, run.timeframeMs)
  const returns = dailyReturns(daily, run.cash)
  const count = Math.max(0, returns.length - ROLLING_DAYS + 1)
  const days = Array.from({ length: count }, (_, n) => n + ROLLING_DAYS)
  return {
    dayMs: days.map((end) => (daily.firstDay + end - 1) * DAY_MS),
    sharpe: days.map((end) => returnRatios(returns.subarray(end - ROLLING_DAYS, end)).sharpe),
  }
}
