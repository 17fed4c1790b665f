import { exp, ln } from "../host/candles/elementary-function.ts"
import { type Candles, candlesFromColumns } from "../host/candles/candles.ts"
import { autoregressiveMarket } from "./autoregressive-market.ts"

/** So many candles are calm, then as many wild. */
const SPELL_CANDLES = 200
/** Wild moves are so many times as large as calm ones. */
const WILD = 4

/** An hourly random walk that is calm and wild in turn. */
export function moodyMarket({ candles: count, seed }: { candles: number; seed: number }): Candles {
  const walk = autoregressiveMarket({ candles: count, seed, pull: 0, deviation: 0.002 })
  const close = new Float64Array(count)
  let price = walk.open[0]
  for (let at = 0; at < count; at++) {
    const isWild = Math.floor(at / SPELL_CANDLES) % 2 === 1
    price *= exp((isWild ? WILD : 1) * ln(walk.close[at] / walk.open[at]))
    close[at] = Number(price.toFixed(walk.priceDecimals))
  }
  const open = close.map((_, at) => (at === 0 ? walk.open[0] : close[at - 1]))
  const high = close.map((price, at) => Math.max(price, open[at]))
  const low = close.map((price, at) => Math.min(price, open[at]))
  const made = candlesFromColumns(
    { openTimeMs: walk.openTimeMs, open, high, low, close, volume: walk.volume },
    { timeframe: "1h" },
  )
  if (!made.ok) throw new Error(made.because)
  return made.candles
}
