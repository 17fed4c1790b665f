import { type Candles } from "#engine/candles"
import { openSession, type Engine, type MarketCandles } from "#engine/run"
import { cross } from "./cross.ts"
import { repeated } from "./interleaved.ts"
import { fullResult } from "./measure-strategy.ts"

const MARKETS = 20
const CANDLES = 525_600
const MEGABYTE = 2 ** 20

/**
 * Twenty markets with a year of minutes each under one account: seconds for the full result, and the engine's memory
 * with all their candles.
 */
export function measurePortfolio(
  engine: Engine,
  candles: Candles,
): Record<"portfolio20MarketsSeconds" | "portfolio20MarketsWallSeconds" | "portfolio20MarketsMegabytes", number> {
  const session = openSession(
    engine,
    Array.from({ length: MARKETS }, (_, n) => market(candles, n)),
  )
  const { cpuMs, wallMs } = repeated(5, () => fullResult(session, cross))
  return {
    portfolio20MarketsSeconds: cpuMs / 1000,
    portfolio20MarketsWallSeconds: wallMs / 1000,
    portfolio20MarketsMegabytes: session.instance.memory.buffer.byteLength / MEGABYTE,
  }
}

/** A different year of the long history for each, all under the same times; in the engine each has its own copy. */
function market(candles: Candles, n: number): MarketCandles {
  const from = n * Math.floor((candles.close.length - CANDLES) / MARKETS)
  const cut = (column: Float64Array) => column.subarray(from, from + CANDLES)
  const { open, high, low, close, volume } = candles
  const own = { open: cut(open), high: cut(high), low: cut(low), close: cut(close), volume: cut(volume) }
  return {
    market: `BENCH${n}/USD`,
    candles: { ...candles, ...own, openTimeMs: candles.openTimeMs.subarray(0, CANDLES) },
  }
}
