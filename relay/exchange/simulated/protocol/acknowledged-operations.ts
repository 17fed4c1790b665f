import { amendOrder } from "../matching/order-amend.ts"
import { findOpenOrder } from "../matching/order-cancel.ts"
import { checkFilters } from "../matching/order-checks.ts"
import { bookOrder, placeOrder } from "../matching/order-entry.ts"
import { lockFor } from "../matching/order-funds.ts"
import { placeOto } from "../matching/order-list-entry.ts"
import { endOrder } from "../matching/execution.ts"
import type { ExpiryReason, Order } from "../matching/order.ts"
import { givenFrom, rivalsFrom } from "./list-operations.ts"
import type { Call, Operation } from "./operation.ts"
import { orderNameFrom } from "./order-operations.ts"
import { type NewOrder, newOrderFrom, orderLegFrom } from "./order-request.ts"
import { reject } from "../refusal.ts"
import type { Venue } from "../venue.ts"

const asked = { rest: undefined, security: "signed", weight: 1, needs: "trading", changes: true } as const

/**
 * What exchanges do that acknowledge an order before they look at it closely, in the words of Binance's parameters.
 * No protocol offers them by these names; a client id is taken once and for all.
 */
export const acknowledgedOperations: Operation[] = [
  { name: "-order.place.acknowledged", ...asked, orders: 1, prepare: preparePlace },
  { name: "-orderList.place.attached", ...asked, orders: 1, prepare: prepareAttached },
  { name: "-order.amend", ...asked, prepare: prepareAmend },
]

const endings = ["WOULD_TAKE", "REJECTED"] as const

/** `locksLate` is a stop that locks nothing before it triggers; `endsAs` an order that ends as soon as it exists. */
function preparePlace({ venue, account, params }: Call) {
  const order = newOrderFrom(params)
  const locksLate = params.flag("locksLate") ?? false
  const endsAs = params.oneOf("endsAs", endings, -1100, "Illegal characters found in parameter 'endsAs'.")
  return () => {
    checkUnused(venue, account.id, order)
    const placed = endsAs
      ? placeAndEnd(venue, account.id, order, endsAs)
      : placeOrder(venue, account.id, locksLate ? { ...order, locksLate } : order)
    return { orderId: placed.orderId }
  }
}

/** An entry with one exit or two rival ones, which sell what it received net of its fee once it is filled. */
function prepareAttached(call: Call) {
  const { params, venue, account } = call
  const given = { ...givenFrom(params), quantity: undefined }
  const working = orderLegFrom(params, "working", given)
  const unsized = { ...given, quantity: 0n }
  const pending = params.has("pendingType") ? [orderLegFrom(params, "pending", unsized)] : rivalsFrom(params, unsized)
  return () => {
    checkUnused(venue, account.id, working)
    const { orderIds } = placeOto(venue, account.id, { working, pending, listId: undefined, isPaid: true, isNet: true })
    return { orderId: orderIds[0] }
  }
}

function prepareAmend({ venue, account, params }: Call) {
  const name = orderNameFrom(params)
  const change = {
    price: params.decimal("price"),
    quantity: params.decimal("quantity"),
    stopPrice: params.decimal("stopPrice"),
  }
  const sent = Object.fromEntries(Object.entries(change).filter(([, amount]) => amount !== undefined))
  return () => ({ orderId: amendOrder(venue, findOpenOrder(venue, account.id, name), sent).orderId })
}

function checkUnused(venue: Venue, accountId: number, { symbol, clientOrderId }: NewOrder): void {
  if (clientOrderId !== undefined && venue.orderByClientId(accountId, symbol, clientOrderId))
    reject("Duplicate order sent.")
}

function placeAndEnd(venue: Venue, accountId: number, wanted: NewOrder, reason: ExpiryReason): Order {
  const order = checkFilters(venue, wanted)
  const lock = lockFor(venue, accountId, venue.market(order.symbol), [order])
  if (!lock) return reject("Account has insufficient balance for requested action.")
  const placed = bookOrder(venue, accountId, order, lock, -1)
  endOrder(venue, placed, "EXPIRED", reason)
  return placed
}
