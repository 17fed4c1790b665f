import { defaultAccount, metricsOf, openSession, runRecord, type Candles, type Engine, type Metrics } from "#engine"
import { assertClose } from "./assert-close.ts"
import { benchStrategy } from "./bench-strategy.ts"
import { fusedCross, type FusedResult } from "./fused-cross.ts"
import { interleaved } from "./interleaved.ts"

const cross = benchStrategy({
  long: { enter: { all: ["crossover(sma(close, 10), sma(close, 50))"] }, exit: { any: ["crossunder(sma(close, 10), sma(close, 50))"] } },
  protect: { stopLoss: { kind: "none" } },
  size: { kind: "equity", percent: 100 },
})

/** One backtest of an SMA cross with trades, equity and every metric, against the hand-fused loop of the same work. */
export function measureCross(engine: Engine, candles: Candles): { crossRatio: number; crossMilliseconds: number; crossFusedMilliseconds: number } {
  const session = openSession(engine, [{ market: "BENCH/USD", candles }])
  const account = { ...defaultAccount, cash: 10_000, feePercent: 0.01 }
  const inEngine = (): Metrics => {
    const run = runRecord(session, { strategy: cross, account })
    if (!run.ok) throw new Error(run.problems[0].because)
    return metricsOf(run.record)
  }
  const byHand = (): FusedResult => fusedCross(candles, account.cash, account.feePercent / 100, 10 ** candles.priceDecimals)
  assertSame(inEngine(), byHand())
  const { firstMs, secondMs, ratio } = interleaved(15, inEngine, byHand)
  return { crossRatio: ratio, crossMilliseconds: firstMs, crossFusedMilliseconds: secondMs }
}

function assertSame(metrics: Metrics, fused: FusedResult): void {
  assertClose("trades", metrics.tradeCount, fused.trades)
  assertClose("final equity", metrics.finalEquity, fused.finalEquity)
  assertClose("drawdown", metrics.maxDrawdownPercent, fused.maxDrawdownPercent)
  assertClose("sharpe", metrics.sharpe, fused.sharpe)
  assertClose("profit factor", metrics.profitFactor, fused.profitFactor)
  assertClose("win rate", metrics.winRatePercent, fused.winRatePercent)
}
