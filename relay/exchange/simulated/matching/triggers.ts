import type { Decimal } from "../decimal.ts"
import { greatest, least } from "../decimal.ts"
import { endOrder, execute, takeOffBook, topUpForMarket } from "./execution.ts"
import { lockFor } from "./order-funds.ts"
import type { Market } from "../market/market.ts"
import { ensureQuoted } from "./market-tick.ts"
import type { Order } from "./order.ts"
import type { Venue } from "../venue.ts"

const BASIS_POINTS = 10_000n

/** Shows the waiting stops every price traded since the last time, in order; triggered stops go to the book. */
export function runTriggers(venue: Venue, market: Market): void {
  for (let price = market.unseenPrices.shift(); price !== undefined; price = market.unseenPrices.shift()) {
    // A stop that starts to wait because of this price was not there when it traded.
    const waiting = Array.from(market.waiting)
    for (const order of waiting)
      if (market.waiting.has(order) && isHit(order, price, venue.nowMs)) trigger(venue, market, order)
  }
}

/** Whether the stop price is on the side where it waits: above the market for a stop buy or a take-profit sale. */
export function triggersAbove(order: Pick<Order, "type" | "side">): boolean {
  const isStop = order.type.startsWith("STOP_LOSS") || order.type === "LIMIT_STOP_BRACKET"
  return isStop === (order.side === "BUY")
}

/** Whether a stop price has been reached at `price`. */
export function isReached(order: Pick<Order, "type" | "side" | "stopPrice">, price: Decimal): boolean {
  return triggersAbove(order) ? price >= order.stopPrice : price <= order.stopPrice
}

/** Whether a price changes anything for an active trailing stop: it moves its extreme, or triggers it. */
export function trailsAt(order: Order, price: Decimal): boolean {
  const extreme = order.trailingExtreme!
  const isBetter = triggersAbove(order) ? price < extreme : price > extreme
  return isBetter || isTrailHit({ ...order }, price)
}

function isHit(order: Order, price: Decimal, nowMs: number): boolean {
  if (order.trailingDelta === 0) return isReached(order, price)
  if (order.trailingExtreme === undefined) {
    if (order.stopPrice > 0n && !isReached(order, price)) return false
    order.trailingExtreme = price
    order.trailingSinceMs = nowMs
  }
  return isTrailHit(order, price)
}

/**
 * A trailing stop follows the best price and triggers when the market turns back by `trailingDelta` basis points.
 * Source: https://developers.binance.com/docs/binance-spot-api-docs/faqs/trailing-stop-faq
 */
function isTrailHit(
  order: Pick<Order, "type" | "side" | "trailingDelta" | "trailingExtreme">,
  price: Decimal,
): boolean {
  const delta = BigInt(order.trailingDelta)
  if (triggersAbove(order)) {
    order.trailingExtreme = least(order.trailingExtreme!, price)
    return price * BASIS_POINTS >= order.trailingExtreme * (BASIS_POINTS + delta)
  }
  order.trailingExtreme = greatest(order.trailingExtreme!, price)
  return price * BASIS_POINTS <= order.trailingExtreme * (BASIS_POINTS - delta)
}

/** A stop's price has been reached: it goes to the book. A bracket leaves its target for its worst price. */
export function trigger(venue: Venue, market: Market, order: Order): void {
  market.waiting.delete(order)
  if (order.bracket) {
    takeOffBook(market, order)
    order.bracket.isTriggered = true
    order.price = order.bracket.worst
  }
  order.isWorking = true
  order.workingSinceMs = venue.nowMs
  order.updatedMs = venue.nowMs
  venue.expireRivals(order)
  ensureQuoted(venue, market)
  if (order.locksLate && !lockLate(venue, market, order)) return endOrder(venue, order, "EXPIRED", "NO_FUNDS")
  topUpForMarket(venue, market, order)
  venue.report("NEW", order)
  execute(venue, market, order)
}

/** Locks what a triggered order needs; false when the account has too little. */
function lockLate(venue: Venue, market: Market, order: Order): boolean {
  const lock = lockFor(venue, order.accountId, market, [order])
  if (lock) order.lock = lock
  return lock !== undefined
}
