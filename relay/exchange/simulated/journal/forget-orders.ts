import { isOpen, type Order } from "../matching/order.ts"
import type { Venue } from "../venue.ts"

/** Ended orders that the exchange remembers. Months of busy bots, and a start that takes no longer than a second. */
export const MOST_ENDED = 50_000
/** It forgets this share of them at a time. */
const AT_ONCE = 0.1

/** Forgets the oldest ended orders beyond the most the exchange remembers. Lists still at work keep theirs. */
export function forgetOldOrders(venue: Venue, most: number): void {
  const open = Array.from(venue.openOrdersOf.values(), (orders) => orders.size).reduce((sum, size) => sum + size, 0)
  const tooMany = venue.orders.size - open - most
  if (tooMany < most * AT_ONCE) return
  const oldest = [...venue.orders.values()].filter((order) => isDone(venue, order)).slice(0, tooMany)
  for (const order of oldest) forget(venue, order)
  const gone = new Set(oldest)
  for (const [account, orders] of venue.ordersOf)
    venue.ordersOf.set(
      account,
      orders.filter((order) => !gone.has(order)),
    )
  for (const [id, list] of venue.lists)
    if (!list.orderIds.every((orderId) => venue.orders.has(orderId))) venue.lists.delete(id)
}

function isDone(venue: Venue, order: Order): boolean {
  return !isOpen(order) && (venue.lists.get(order.listId)?.orderStatus ?? "ALL_DONE") === "ALL_DONE"
}

function forget({ orders, byClientId }: Venue, order: Order): void {
  orders.delete(order.orderId)
  for (const id of [order.placedClientOrderId, order.clientOrderId]) {
    const key = `${order.accountId}/${order.symbol}/${id}`
    if (byClientId.get(key) === order) byClientId.delete(key)
  }
}
