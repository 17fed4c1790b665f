import { MINUTE_MS } from "#engine/candles"
import type { Decimal } from "../decimal.ts"
import type { Market } from "../market/market.ts"
import type { Order } from "../matching/order.ts"
import { isReached, trailsAt } from "../matching/triggers.ts"
import type { Venue } from "../venue.ts"

/** An absence up to this long is lived through moment by moment. */
const LIVED_MS = 10 * MINUTE_MS

/**
 * Lets the time pass in which the exchange was away. Its markets went on: each minute that reaches a resting order or
 * a stop is lived through, moment by moment; of the others, which change nothing for anybody, there are only the
 * candles.
 */
export function passAway(venue: Venue, toMs: number): void {
  const fromMs = Math.ceil(venue.nowMs / MINUTE_MS) * MINUTE_MS
  const lastMs = Math.floor(toMs / MINUTE_MS) * MINUTE_MS
  if (lastMs - fromMs < LIVED_MS) return venue.advanceTo(toMs)
  venue.advanceTo(fromMs - 1)
  for (const market of venue.markets.values()) outline(market, fromMs, lastMs)
  for (let atMs = fromMs; atMs < lastMs && hasOrders(venue); atMs += MINUTE_MS)
    for (const market of venue.markets.values()) if (hasOrdersIn(market)) passMinute(venue, market, atMs)
  for (const market of venue.markets.values()) jump(market, lastMs - MINUTE_MS)
  venue.skipTo(lastMs)
  venue.advanceTo(toMs)
}

function outline(market: Market, fromMs: number, toMs: number): void {
  const level = market.settle(fromMs)
  if (market.rules.status !== "TRADING") return
  market.candles.addOutline({ fromMs, toMs, ...(market.isQuiet ? { flatAt: market.lastPrice } : { level }) })
}

function passMinute(venue: Venue, market: Market, minuteMs: number): void {
  const prices = market.outlineOf(minuteMs)
  if (!prices || !isAnyReached(market, prices)) return
  // All of them, since a fee may be paid at another market's price.
  for (const one of venue.markets.values()) jump(one, minuteMs - MINUTE_MS)
  venue.liveThrough(market, minuteMs, minuteMs + MINUTE_MS)
}

/** The market is where a minute has left it. */
function jump(market: Market, minuteMs: number): void {
  const prices = market.outlineOf(minuteMs)
  if (prices) market.lastPrice = prices.close
}

type Prices = { low: Decimal; high: Decimal }

function isAnyReached(market: Market, prices: Prices): boolean {
  for (const { side, price } of market.resting.values())
    if (side === "BUY" ? prices.low <= price : prices.high >= price) return true
  for (const order of market.waiting) if (isStopReached(order, prices)) return true
  return false
}

function isStopReached(order: Order, { low, high }: Prices): boolean {
  if (order.trailingDelta > 0 && order.trailingExtreme !== undefined)
    return trailsAt(order, low) || trailsAt(order, high)
  return isReached(order, low) || isReached(order, high)
}

function hasOrders(venue: Venue): boolean {
  return [...venue.markets.values()].some(hasOrdersIn)
}

function hasOrdersIn(market: Market): boolean {
  return market.resting.size > 0 || market.waiting.size > 0
}
