import { dailyEquity, dailyReturns, deviationOf, meanOf } from "./daily-returns.ts"
import { scanEquity } from "./drawdown.ts"
import { percentOf } from "./ratio.ts"
import type { RunRecord } from "./run-record.ts"

/** The metrics of a run. Undefined meanings (no loss, too few trades) are Infinity or null, never 0. */
export type Metrics = Record<string, number | string | null>

/** Every metric of a run, from its columns. */
export function metricsOf(run: RunRecord): Metrics {
  const { equity } = run.equity
  const finalEquity = equity.length === 0 ? run.cash : equity[equity.length - 1]
  const returns = dailyReturns(dailyEquity(run.equity, run.timeframeMs), run.cash)
  const scan = scanEquity(run.equity, run.cash)
  const deviation = deviationOf(returns)
  return {
    tradeCount: run.trades.count,
    finalEquity,
    totalReturnPercent: percentOf(finalEquity - run.cash, run.cash),
    maxDrawdownPercent: scan.deepest?.percent ?? 0,
    sharpe: deviation > 0 ? (meanOf(returns) / deviation) * Math.sqrt(365) : null,
  }
}
