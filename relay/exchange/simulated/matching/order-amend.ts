import { type Account, balanceOf, releaseTo, topUp } from "../account/account.ts"
import { costWithFee } from "../account/quote-fees.ts"
import { type Decimal, times } from "../decimal.ts"
import type { Market } from "../market/market.ts"
import { reject } from "../refusal.ts"
import type { Venue } from "../venue.ts"
import { endOrder, execute, takeOffBook } from "./execution.ts"
import { ensureQuoted } from "./market-tick.ts"
import { crosses, opposite } from "./order-book.ts"
import { checkFilters, isWaitingStop } from "./order-checks.ts"
import { hasLimit, leftOf, type Order } from "./order.ts"
import { isReached, runTriggers } from "./triggers.ts"

/** What of an order changes; what is left out stays. */
export type Amendment = { price?: Decimal; quantity?: Decimal; stopPrice?: Decimal }

/**
 * Changes an open order in place, after checking everything: it keeps its number and its name, and goes to the end of
 * its queue. A price that meets the book trades at once.
 */
export function amendOrder(venue: Venue, order: Order, change: Amendment): Order {
  const market = venue.market(order.symbol)
  ensureQuoted(venue, market)
  const wanted = { ...order, ...change }
  checkAmendment(venue, market, order, wanted)
  relock(venue, order, wanted)
  takeOffBook(market, order)
  Object.assign(order, change, { updatedMs: venue.nowMs })
  venue.report("REPLACED", order)
  startAgain(venue, market, order)
  runTriggers(venue, market)
  return order
}

function checkAmendment(venue: Venue, market: Market, order: Order, wanted: Order): void {
  if (order.status === "PENDING_NEW") reject("Order does not exist yet.")
  if (market.rules.status !== "TRADING") reject("Market is closed.")
  if (wanted.quantity <= order.executed) reject("The new quantity must be more than is executed.")
  if (wanted.quantity !== order.quantity && order.lock !== ownLock(venue, order))
    reject("The quantity of attached orders cannot be changed.")
  checkFilters(venue, wanted)
  if (isWaitingStop(order) && isReached(wanted, market.lastPrice)) reject("Order would trigger immediately.")
}

/** The order's lock, if it belongs to no other order. */
function ownLock(venue: Venue, order: Order) {
  const list = venue.lists.get(order.listId)
  return list === undefined || list.phaseOneId === order.orderId ? order.lock : undefined
}

function relock(venue: Venue, order: Order, wanted: Order): void {
  if (ownLock(venue, order) === undefined || (order.locksLate && !order.isWorking)) return
  const account = venue.account(order.accountId)
  const needed = needOf(account, wanted)
  const more = needed - order.lock.amount
  if (more > balanceOf(account, order.lock.asset).free) reject("Account has insufficient balance for requested action.")
  if (more > 0n) topUp(account, order.lock, more)
  else releaseTo(account, order.lock, needed)
}

function needOf(account: Account, order: Order): Decimal {
  if (order.side === "SELL") return leftOf(order)
  return costWithFee(account, times(hasLimit(order.type) ? order.price : order.stopPrice, leftOf(order)))
}

function startAgain(venue: Venue, market: Market, order: Order): void {
  if (isWaitingStop(order)) return void market.waiting.add(order)
  const best = market.book.best(opposite(order.side))
  if (order.type === "LIMIT_MAKER" && best && crosses(order.side, order.price, best.price))
    return endOrder(venue, order, "EXPIRED", "WOULD_TAKE")
  execute(venue, market, order)
}
