import { type Lock, releaseTo } from "../account/account.ts"
import { endOrder } from "./execution.ts"
import { activate } from "./order-entry.ts"
import { type ExpiryReason, isOpen, type Order } from "./order.ts"
import type { Venue } from "../venue.ts"

/** Orders that depend on each other. The first `phaseOne` of an OTO works at once, the others when it is filled. */
export type OrderList = {
  listId: number
  accountId: number
  symbol: string
  contingency: "OCO" | "OTO"
  listClientOrderId: string
  orderIds: number[]
  /** Orders of which the first to trade or trigger ends the others. */
  rivals: number[]
  /** The order the others wait for; undefined in an OCO. */
  phaseOneId: number | undefined
  /** What that order received, locked for the others (OPO); undefined where each has a quantity of its own. */
  paid?: Lock
  /** The commission is always taken off that, whatever else is free. */
  isNet?: boolean
  statusType: "EXEC_STARTED" | "ALL_DONE"
  orderStatus: "EXECUTING" | "ALL_DONE"
  createdMs: number
  updatedMs: number
}

/** One leg of an OCO has traded or triggered: the other ends. */
export function expireRivals(venue: Venue, order: Order): void {
  const list = venue.lists.get(order.listId)
  if (!list?.rivals.includes(order.orderId)) return
  for (const rival of others(venue, list.rivals, order)) endOrder(venue, rival, "EXPIRED", "OCO_TRIGGER")
}

/** An order of a list has ended: what waited for it starts or ends too, and the list ends with its last order. */
export function orderEnded(venue: Venue, order: Order): void {
  const list = venue.lists.get(order.listId)
  if (!list || list.orderStatus === "ALL_DONE") return
  if (list.phaseOneId === order.orderId) endPhaseOne(venue, list, order)
  else if (order.status === "CANCELED" || order.status === "EXPIRED_IN_MATCH") endAll(venue, list, order)
  closeIfDone(venue, list)
}

/** Announces a list that has just been placed. */
export function announceList(venue: Venue, list: OrderList): void {
  venue.emit({ kind: "list", list, atMs: venue.nowMs })
}

function endPhaseOne(venue: Venue, list: OrderList, order: Order): void {
  const pending = others(venue, list.orderIds, order)
  if (order.status === "FILLED") activate(venue, pending, list.paid)
  else endEach(venue, pending, order.status === "CANCELED" ? "CANCELED" : "EXPIRED", "OTO_PHASE_ONE_EXPIRED")
  if (list.paid && others(venue, list.orderIds, order).length === 0)
    releaseTo(venue.account(list.accountId), list.paid, 0n)
}

function endAll(venue: Venue, list: OrderList, order: Order): void {
  endEach(venue, others(venue, list.orderIds, order), "CANCELED", undefined)
}

// Ending one order of a list may already have ended the next.
function endEach(
  venue: Venue,
  orders: Order[],
  status: "CANCELED" | "EXPIRED",
  reason: ExpiryReason | undefined,
): void {
  for (const order of orders) if (isOpen(order)) endOrder(venue, order, status, reason)
}

function closeIfDone(venue: Venue, list: OrderList): void {
  if (list.orderStatus === "ALL_DONE" || list.orderIds.some((id) => isOpen(venue.orders.get(id)!))) return
  list.statusType = "ALL_DONE"
  list.orderStatus = "ALL_DONE"
  list.updatedMs = venue.nowMs
  venue.emit({ kind: "list", list, atMs: venue.nowMs })
}

function others(venue: Venue, ids: number[], order: Order): Order[] {
  return ids
    .filter((id) => id !== order.orderId)
    .map((id) => venue.orders.get(id)!)
    .filter(isOpen)
}
