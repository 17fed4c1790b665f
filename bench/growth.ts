import { MINUTE_MS, sliceCandles, type Candles } from "#engine/candles"
import { openSession, type Engine } from "#engine/run"
import { cross } from "./cross.ts"
import { interleaved } from "./interleaved.ts"
import { fullResult } from "./measure-strategy.ts"

const RUNS = 9

/** How the time of a backtest grows from 500,000 candles to 2,000,000: 4 is linear. */
export function measureGrowth(
  engine: Engine,
  candles: Candles,
): Record<"growth500kTo2M" | "cross500kMilliseconds" | "cross2MMilliseconds", number> {
  const [few, many] = [500_000, 2_000_000].map((count) => {
    const toMs = candles.openTimeMs[0] + count * MINUTE_MS
    return openSession(engine, [{ market: "BENCH/USD", candles: sliceCandles(candles, { toMs }) }])
  })
  const { ratio, first, second } = interleaved(
    RUNS,
    () => fullResult(many, cross),
    () => fullResult(few, cross),
  )
  return { growth500kTo2M: ratio, cross500kMilliseconds: second.cpuMs, cross2MMilliseconds: first.cpuMs }
}
