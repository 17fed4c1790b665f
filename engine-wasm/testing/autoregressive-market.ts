import { exp } from "../host/candles/elementary-function.ts"
import { candlesFromColumns, type Candles } from "../host/candles/candles.ts"
import { HOUR_MS } from "../host/candles/timeframe.ts"
import { SeededChance } from "../host/candles/synthetic/seeded-chance.ts"

const FIRST_HOUR_MS = Date.UTC(2023, 0, 1)
const FIRST_PRICE = 100
const DECIMALS = 6

/**
 * An hourly market whose every log return is `pull` times the one before plus chance of this deviation: with pull 0 a
 * random walk in which nothing can be known ahead.
 */
export function autoregressiveMarket({
  candles: count,
  seed,
  pull,
  deviation = 0.005,
  drift = 0,
}: {
  candles: number
  seed: number
  pull: number
  deviation?: number
  drift?: number
}): Candles {
  const chance = new SeededChance(seed)
  const columns = Object.fromEntries(
    ["openTimeMs", "open", "high", "low", "close", "volume"].map((name) => [name, new Float64Array(count)]),
  ) as Record<"openTimeMs" | "open" | "high" | "low" | "close" | "volume", Float64Array>
  let [price, move] = [FIRST_PRICE, 0]
  for (let at = 0; at < count; at++) {
    move = drift + pull * move + deviation * chance.bell()
    const open = rounded(price)
    price *= exp(move)
    const close = rounded(price)
    const wick = 1 + deviation * chance.uniform()
    columns.openTimeMs[at] = FIRST_HOUR_MS + at * HOUR_MS
    columns.open[at] = open
    columns.close[at] = close
    columns.high[at] = rounded(Math.max(open, close) * wick)
    columns.low[at] = rounded(Math.min(open, close) / wick)
    columns.volume[at] = 1 + chance.uniform() * 10
  }
  const made = candlesFromColumns(columns, { timeframe: "1h" })
  if (!made.ok) throw new Error(made.because)
  return made.candles
}

function rounded(price: number): number {
  return Number(price.toFixed(DECIMALS))
}
