import type { Candles } from "#engine/candles"
import type { Engine } from "#engine/run"
import { benchStrategy } from "./bench-strategy.ts"
import { fusedStops } from "./fused-stops.ts"
import { measureStrategy } from "./measure-strategy.ts"

export const stops = benchStrategy({
  long: { enter: { all: ["crossunder(rsi(close, 14), 30)"] } },
  protect: { stopLoss: { kind: "percent", percent: 2 }, takeProfit: [{ percent: 4 }], trailing: { percent: 1.5 } },
  size: { kind: "equity", percent: 100 },
})

/** RSI entries with stop, target and trailing stop, against the hand-fused loop of the same work. */
export function measureStops(
  engine: Engine,
  candles: Candles,
): Record<"stopsRatio" | "stopsMilliseconds" | "stopsWallMilliseconds" | "stopsFusedMilliseconds", number> {
  const { ratio, first, second } = measureStrategy(engine, candles, stops, ({ cash, feeRate }) =>
    fusedStops(candles, cash, feeRate),
  )
  return {
    stopsRatio: ratio,
    stopsMilliseconds: first.cpuMs,
    stopsWallMilliseconds: first.wallMs,
    stopsFusedMilliseconds: second.cpuMs,
  }
}
