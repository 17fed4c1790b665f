import { noLock, type Lock } from "../account/account.ts"
import { endOrder, execute } from "./execution.ts"
import type { Market } from "../market/market.ts"
import { ensureQuoted } from "./market-tick.ts"
import { isConditional, isOpen, moveOrder, type Order } from "./order.ts"
import { lockFor } from "./order-funds.ts"
import { sizeExits } from "./paid-exits.ts"
import { checkCounts, checkEngine, checkFilters, checkPosition } from "./order-checks.ts"
import type { NewOrder } from "../protocol/order-request.ts"
import { reject } from "../refusal.ts"
import { isReached, runTriggers, trigger } from "./triggers.ts"
import type { Venue } from "../venue.ts"

/** Places one order: checks everything before it changes anything. Returns the order after it has met the book. */
export function placeOrder(venue: Venue, accountId: number, wanted: NewOrder): Order {
  const order = checkFilters(venue, wanted, venue.account(accountId))
  const market = venue.market(order.symbol)
  checkCounts(venue, accountId, market.rules, { orders: 1, algo: isConditional(order.type) ? 1 : 0, lists: 0 })
  checkPosition(venue, accountId, order)
  checkEngine(venue, accountId, order)
  const lock = order.locksLate ? noLock() : lockFor(venue, accountId, market, [order])
  if (!lock) return reject("Account has insufficient balance for requested action.")
  const placed = bookOrder(venue, accountId, order, lock, -1)
  start(venue, placed)
  runTriggers(venue, market)
  return placed
}

/** Registers an order without letting it act: status NEW, or PENDING_NEW when it waits for another. */
export function bookOrder(
  venue: Venue,
  accountId: number,
  wanted: NewOrder,
  lock: Lock,
  listId: number,
  status: "NEW" | "PENDING_NEW" = "NEW",
): Order {
  const orderId = venue.nextId("order")
  const clientOrderId = wanted.clientOrderId ?? venue.generatedId(orderId)
  const isWorking = status === "NEW" && !isConditional(wanted.type)
  const order: Order = {
    ...wanted,
    orderId,
    listId,
    accountId,
    clientOrderId,
    placedClientOrderId: clientOrderId,
    status,
    lock,
    isWorking,
    trailingExtreme: undefined,
    trailingSinceMs: -1,
    executed: 0n,
    executedQuote: 0n,
    expiryReason: undefined,
    fills: [],
    createdMs: venue.nowMs,
    updatedMs: venue.nowMs,
    workingSinceMs: isWorking ? venue.nowMs : -1,
  }
  venue.register(order)
  venue.report("NEW", order)
  return order
}

/** Activates a registered order: a stop begins to wait, anything else meets the book. */
export function start(venue: Venue, order: Order): void {
  const market = venue.market(order.symbol)
  if (isConditional(order.type)) {
    if (order.trailingDelta > 0 && order.stopPrice === 0n) {
      order.trailingExtreme = market.lastPrice
      order.trailingSinceMs = venue.nowMs
    }
    market.waiting.add(order)
    return
  }
  ensureQuoted(venue, market)
  execute(venue, market, order)
  if (order.type === "LIMIT_STOP_BRACKET" && isOpen(order)) watchStop(venue, market, order)
}

/** A bracket on the book also waits for its stop price; one that begins beyond it is triggered at once. */
function watchStop(venue: Venue, market: Market, order: Order): void {
  if (isReached(order, market.lastPrice)) trigger(venue, market, order)
  else market.waiting.add(order)
}

/**
 * The order the pending ones waited for is filled: they lock their money, or take what it `paid` for them, and start,
 * or expire together when they cannot.
 */
export function activate(venue: Venue, pending: Order[], paid: Lock | undefined): void {
  const market = venue.market(pending[0].symbol)
  const isTooLate = pending.some(
    (order) => isConditional(order.type) && order.stopPrice > 0n && isReached(order, market.lastPrice),
  )
  const take = () => (paid ? sizeExits(venue, pending, paid) : lockFor(venue, pending[0].accountId, market, pending))
  const lock = isTooLate ? undefined : take()
  if (!lock) return pending.forEach((order) => endOrder(venue, order, "EXPIRED", "REJECTED"))
  for (const order of pending) {
    order.lock = lock
    order.isWorking = !isConditional(order.type)
    order.workingSinceMs = order.isWorking ? venue.nowMs : -1
    moveOrder(order, "NEW", venue.nowMs)
    venue.report("NEW", order)
  }
  for (const order of pending) if (isOpen(order)) start(venue, order)
}
