import { addTrade, type Candle, flatCandle } from "./candle.ts"
import type { PublicTrade } from "./market.ts"

const SECOND_MS = 1_000

/** The candle of one second, from the trades still in memory (oldest first); undefined when nothing traded. */
export function secondCandle(trades: readonly PublicTrade[], openTimeMs: number): Candle | undefined {
  let candle: Candle | undefined
  for (let at = firstAt(trades, openTimeMs); trades[at]?.timeMs < openTimeMs + SECOND_MS; at++) {
    candle ??= flatCandle(openTimeMs, SECOND_MS, trades[at].price)
    addTrade(candle, trades[at])
  }
  return candle
}

/** Index of the first trade at or after a time (binary search). */
function firstAt(trades: readonly PublicTrade[], timeMs: number): number {
  let low = 0
  let high = trades.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (trades[middle].timeMs < timeMs) low = middle + 1
    else high = middle
  }
  return low
}
