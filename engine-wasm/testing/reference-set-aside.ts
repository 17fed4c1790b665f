import { equityNow, freeCash, usableCash, type Direction, type Market, type Run } from "./reference-book.ts"
import { limitInside } from "./reference-candle.ts"
import { placeSafetyOrders } from "./reference-add.ts"
import type { BaseCandle } from "./reference-candles.ts"

/**
 * Rule 1.5: the cost of the market's limit entry and safety orders if the candle reaches all of them. Found by
 * running a copy through such a candle.
 */
export function setAside(run: Run, market: Market, candle: BaseCandle): void {
  const opened = { equity: equityNow(run), free: usableCash(run, market), setAside: 0 }
  const copy = copyOf(run)
  const own = copy.markets[market.number]
  Object.assign(own, { opened, freeBefore: freeCash(copy) })
  buyAllInside(copy, own, candle)
  market.opened = { ...opened, setAside: Math.max(0, own.freeBefore! - freeCash(copy)) }
}

function buyAllInside(run: Run, market: Market, candle: BaseCandle): void {
  const direction = market.position?.direction ?? market.entry?.direction
  if (!direction) return
  const deepest = reachingAll(direction, candle)
  limitInside(run, market, deepest)
  if (market.position) placeSafetyOrders(run, market, market.position, deepest)
}

/** The candle if it went as far against the position as prices go. */
function reachingAll(direction: Direction, candle: BaseCandle): BaseCandle {
  return direction > 0 ? { ...candle, low: Number.MIN_VALUE } : { ...candle, high: Infinity }
}

function copyOf(run: Run): Run {
  return {
    ...run,
    record: { trades: [], equity: [], rejected: [], ambiguousCandles: 0, exposedSamples: 0 },
    markets: run.markets.map((market) => ({ ...market, position: market.position && { ...market.position } })),
  }
}
