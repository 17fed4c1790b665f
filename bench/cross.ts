import type { Candles } from "#engine/candles"
import type { Engine } from "#engine/run"
import { benchStrategy } from "./bench-strategy.ts"
import { fusedCross } from "./fused-cross.ts"
import { measureStrategy } from "./measure-strategy.ts"

export const cross = benchStrategy({
  long: {
    enter: { all: ["crossover(sma(close, 10), sma(close, 50))"] },
    exit: { any: ["crossunder(sma(close, 10), sma(close, 50))"] },
  },
  protect: { stopLoss: { kind: "none" } },
  size: { kind: "equity", percent: 100 },
})

/** One backtest of an SMA cross with trades, equity and every metric, against the hand-fused loop of the same work. */
export function measureCross(
  engine: Engine,
  candles: Candles,
): Record<"crossRatio" | "crossMilliseconds" | "crossWallMilliseconds" | "crossFusedMilliseconds", number> {
  const scale = 10 ** candles.priceDecimals
  const { ratio, first, second } = measureStrategy(engine, candles, cross, ({ cash, feeRate }) =>
    fusedCross(candles, cash, feeRate, scale),
  )
  return {
    crossRatio: ratio,
    crossMilliseconds: first.cpuMs,
    crossWallMilliseconds: first.wallMs,
    crossFusedMilliseconds: second.cpuMs,
  }
}
