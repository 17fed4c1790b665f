import { type Candles } from "#engine/candles"
import { metricsOf, type Metrics } from "#engine/result"
import { defaultAccount, openSession, runRecord, type Engine, type EngineSession } from "#engine/run"
import { type StrategyDocument } from "#engine/strategy"
import { assertClose } from "./assert-close.ts"
import type { FusedResult } from "./fused-cross.ts"
import { interleaved, type SideBySide } from "./interleaved.ts"

const RUNS = 15
const account = { ...defaultAccount, cash: 10_000, feePercent: 0.01 }

type ByHand = (money: { cash: number; feeRate: number }) => FusedResult

/**
 * The engine's full result (trades, equity, every metric) against a hand-written loop, in turns; first asserts that
 * both agree.
 */
export function measureStrategy(
  engine: Engine,
  candles: Candles,
  strategy: StrategyDocument,
  fused: ByHand,
): SideBySide {
  const session = openSession(engine, [{ market: "BENCH/USD", candles }])
  const byHand = () => fused({ cash: account.cash, feeRate: account.feePercent / 100 })
  assertSameResult(engine, candles, strategy, fused)
  return interleaved(RUNS, () => fullResult(session, strategy), byHand)
}

/** One backtest over candles in the engine's memory: trades, equity and every metric. */
export function fullResult(session: EngineSession, strategy: StrategyDocument): Metrics {
  const run = runRecord(session, { strategy, account })
  if (!run.ok) throw new Error(run.problems[0].because)
  return metricsOf(run.record)
}

/** Throws unless the loop agrees with the engine. */
export function assertSameResult(engine: Engine, candles: Candles, strategy: StrategyDocument, byHand: ByHand): void {
  const metrics = fullResult(openSession(engine, [{ market: "BENCH/USD", candles }]), strategy)
  const fused = byHand({ cash: account.cash, feeRate: account.feePercent / 100 })
  assertClose("trades", metrics.tradeCount, fused.trades)
  assertClose("final equity", metrics.finalEquity, fused.finalEquity)
  assertClose("drawdown", metrics.maxDrawdownPercent, fused.maxDrawdownPercent)
  assertClose("sharpe", metrics.sharpe, fused.sharpe)
  assertClose("profit factor", metrics.profitFactor, fused.profitFactor)
  assertClose("win rate", metrics.winRatePercent, fused.winRatePercent)
}
