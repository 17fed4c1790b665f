import { endOrder } from "./execution.ts"
import { isOpen, type Order } from "./order.ts"
import type { OrderList } from "./order-lists.ts"
import { refuse } from "../refusal.ts"
import type { Venue } from "../venue.ts"

/** How an order is named: its number, its client id, or both (then both must fit). */
export type OrderName = { symbol: string; orderId: number | undefined; clientOrderId: string | undefined }

/** The named order; refused with -2013 when it is somebody else's or missing. */
export function findOrder(venue: Venue, accountId: number, name: OrderName): Order {
  return lookUp(venue, accountId, name) ?? refuse(-2013, "Order does not exist.")
}

/** The open order to cancel; refused with -2011 when there is none. */
export function findOpenOrder(venue: Venue, accountId: number, name: OrderName): Order {
  const order = lookUp(venue, accountId, name)
  return order && isOpen(order) ? order : refuse(-2011, "Unknown order sent.")
}

/** Cancels an open order; the cancel's id becomes the order's client id, which frees the old one. */
export function cancelOrder(venue: Venue, order: Order, cancelId: string | undefined): Order {
  order.clientOrderId = cancelId ?? venue.generatedId(venue.nextId("execution"))
  venue.index(order)
  endOrder(venue, order, "CANCELED", undefined)
  return order
}

/** Cancels every order of a list. */
export function cancelList(venue: Venue, list: OrderList, cancelId: string | undefined): void {
  for (const id of list.orderIds) {
    const order = venue.orders.get(id)!
    if (isOpen(order)) cancelOrder(venue, order, cancelId)
  }
}

function lookUp(venue: Venue, accountId: number, { symbol, orderId, clientOrderId }: OrderName): Order | undefined {
  venue.market(symbol)
  if (orderId === undefined && clientOrderId === undefined)
    refuse(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!")
  if (orderId === undefined) return venue.orderByClientId(accountId, symbol, clientOrderId!)
  const order = venue.orders.get(orderId)
  if (!order || order.accountId !== accountId || order.symbol !== symbol) return undefined
  if (clientOrderId !== undefined && order.placedClientOrderId !== clientOrderId)
    refuse(-2039, "Client order ID is not correct for this order ID")
  return order
}
