import { expect } from "vitest"
import { mayMove, type Order, type OrderStatus } from "../matching/order.ts"
import type { Venue } from "../venue.ts"

/** All coins there are, with what the exchange and the market took. */
export function totals(venue: Venue): Record<string, bigint> {
  const sum: Record<string, bigint> = {}
  const add = (asset: string, amount: bigint) => (sum[asset] = (sum[asset] ?? 0n) + amount)
  for (const account of venue.accounts.values())
    for (const [asset, { free, locked }] of account.balances) add(asset, free + locked)
  for (const [asset, amount] of [...venue.feesTaken, ...venue.marketGain]) add(asset, amount)
  return sum
}

/** A law in a hot loop: it is checked a hundred thousand times, too often for vitest's own expect. */
export function holds(law: string, is: boolean): void {
  if (!is) throw new Error(`broken law: ${law}`)
}

/** From one event of an order to the next. */
export function checkStep(
  last: Map<number, { status: OrderStatus; executed: bigint }>,
  { orderId, status, executed, quantity }: Order,
): void {
  const before = last.get(orderId)
  holds(
    "a status only moves along the state machine",
    !before || before.status === status || mayMove(before.status, status),
  )
  holds("what is filled never falls", executed >= (before?.executed ?? 0n))
  holds("no order fills beyond its quantity", executed <= quantity)
  last.set(orderId, { status, executed })
}

/** Nobody on the same side waits at a better price, and an order filled in part is the first of its queue. */
export function checkPriority(venue: Venue, order: Order, price: bigint): void {
  const best = venue.market(order.symbol).book.best(order.side)
  holds("the better price trades first", !best || (order.side === "BUY" ? best.price <= price : best.price >= price))
  holds("the earlier order trades first", order.status === "FILLED" || best!.order === order)
}

/** Of one account, after anything happened. */
export function checkLocks(venue: Venue, id: number): void {
  const locks = new Set(
    [...venue.openOrdersOf.get(id)!].filter((one) => one.status !== "PENDING_NEW").map((one) => one.lock),
  )
  for (const { paid, accountId } of venue.lists.values()) if (paid && accountId === id) locks.add(paid)
  for (const [asset, { free, locked }] of venue.account(id).balances) {
    holds("no balance is negative", free >= 0n && locked >= 0n)
    holds(
      "what is locked is what open orders need",
      locked === [...locks].filter((lock) => lock.asset === asset).reduce((sum, lock) => sum + lock.amount, 0n),
    )
  }
}

/** Of an order, at the end. */
export function checkAccepted(
  venue: Venue,
  { symbol, price, quantity, stopPrice, executed, executedQuote, fills, side, status }: Order,
): void {
  const { rules } = venue.market(symbol)
  // An exit that is paid by its entry has no quantity before that has filled.
  if (quantity === 0n) return holds("nothing without a quantity trades", fills.length === 0)
  expect([price % rules.tickSize, stopPrice % rules.tickSize, quantity % rules.stepSize]).toEqual([0n, 0n, 0n])
  expect(quantity).toBeGreaterThanOrEqual(rules.minQuantity)
  expect(fills.reduce((sum, fill) => sum + fill.quantity, 0n)).toBe(executed)
  expect(fills.reduce((sum, fill) => sum + fill.quote, 0n)).toBe(executedQuote)
  expect(status === "FILLED").toBe(executed === quantity)
  expect(fills.every((fill) => price === 0n || (side === "BUY" ? fill.price <= price : fill.price >= price))).toBe(true)
}
