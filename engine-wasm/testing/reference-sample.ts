import { equityNow, hasLost, type Run } from "./reference-book.ts"
import { DAY_MS } from "../host/candles/timeframe.ts"

/** One equity sample at the close of a strategy candle, and the state of the limits of rule 9. */
export function takeSample(run: Run, openTimeMs: number): void {
  const before = run.sample
  run.sample = equityNow(run)
  run.record.equity.push({ openTimeMs, equity: run.sample })
  if (run.markets.some((market) => market.position)) run.record.exposedSamples++
  const day = Math.floor(openTimeMs / DAY_MS)
  if (day !== run.day) Object.assign(run, { dayStartEquity: before, isDayLost: false })
  run.day = day
  run.peakEquity = Math.max(run.peakEquity, run.sample)
  const { dailyLossPercent, maxDrawdownPercent } = run.strategy.limits
  if (dailyLossPercent !== null && hasLost(run.dayStartEquity, run.sample, dailyLossPercent)) run.isDayLost = true
  if (maxDrawdownPercent !== null && hasLost(run.peakEquity, run.sample, maxDrawdownPercent)) run.halted = true
}
