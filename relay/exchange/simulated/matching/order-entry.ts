import { type Account, type Lock, tryLock } from "../account/account.ts"
import { costWithFee } from "../account/quote-fees.ts"
import { type Decimal, times } from "../decimal.ts"
import { endOrder, execute } from "./execution.ts"
import { previewMatch } from "./matching.ts"
import type { Market } from "../market/market.ts"
import { ensureQuoted } from "./market-tick.ts"
import { hasLimit, isConditional, isOpen, moveOrder, type Order, worstPrice } from "./order.ts"
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
  const lock =
    lockFor(venue, accountId, market, [order]) ?? reject("Account has insufficient balance for requested action.")
  const placed = bookOrder(venue, accountId, order, lock, -1)
  start(venue, placed)
  runTriggers(venue, market)
  return placed
}

/**
 * Locks what the given orders need together (an OCO locks the larger of its legs); undefined when the account has too
 * little.
 */
export function lockFor(venue: Venue, accountId: number, market: Market, orders: Needing[]): Lock | undefined {
  const account = venue.account(accountId)
  const needs = orders.map((order) => needFor(account, market, order))
  const asset = orders[0].side === "SELL" ? market.rules.base : market.rules.quote
  return tryLock(
    account,
    asset,
    needs.reduce((most, need) => (need > most ? need : most)),
  )
}

type Needing = Pick<
  Order,
  "side" | "type" | "price" | "stopPrice" | "quantity" | "quoteQuantity" | "trailingDelta" | "bracket"
>

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
  if (order.type === "LIMIT_BRACKET" && isOpen(order)) watchStop(venue, market, order)
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

function needFor(account: Account, market: Market, order: Needing): Decimal {
  if (order.side === "SELL") return order.quantity
  // What is given in quote has its fee inside.
  return order.quoteQuantity > 0n ? order.quoteQuantity : costWithFee(account, costOf(market, order))
}

function costOf(market: Market, order: Needing): Decimal {
  if (hasLimit(order.type)) return times(worstPrice(order), order.quantity)
  if (isConditional(order.type))
    return times(
      order.stopPrice > 0n ? order.stopPrice : trailed(market.lastPrice, order.trailingDelta),
      order.quantity,
    )
  return previewMatch(market.book, {
    side: "BUY",
    limit: undefined,
    left: order.quantity,
    budget: undefined,
    accountId: undefined,
    selfTrade: "NONE",
    stepSize: market.rules.stepSize,
  }).quote
}

function trailed(price: Decimal, delta: number): Decimal {
  return (price * BigInt(10_000 + delta)) / 10_000n
}
