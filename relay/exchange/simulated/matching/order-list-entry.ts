import { noLock } from "../account/account.ts"
import { isConditional, isOpen, type Order } from "./order.ts"
import { checkCounts, checkEngine, checkFilters, checkPosition, checkPrices } from "./order-checks.ts"
import { bookOrder, start } from "./order-entry.ts"
import { lockFor } from "./order-funds.ts"
import { announceList, type OrderList } from "./order-lists.ts"
import type { NewOrder } from "../protocol/order-request.ts"
import { refuse, reject } from "../refusal.ts"
import { runTriggers } from "./triggers.ts"
import type { Venue } from "../venue.ts"

const NO_BALANCE = "Account has insufficient balance for requested action."

/** Places two orders of which the first to trade or trigger ends the other. */
export function placeOco(
  venue: Venue,
  accountId: number,
  { above, below, listId }: { above: NewOrder; below: NewOrder; listId: string | undefined },
): OrderList {
  checkOcoTypes(above, below)
  const legs = [checkFilters(venue, above), checkFilters(venue, below)]
  const market = venue.market(above.symbol)
  checkListId(venue, accountId, listId)
  checkCounts(venue, accountId, market.rules, { orders: 2, algo: legs.filter(isStop).length, lists: 1 })
  checkPosition(venue, accountId, legs[0])
  checkLegIds(legs)
  checkOcoPrices(venue, above, below)
  for (const leg of legs) checkEngine(venue, accountId, leg)
  const lock = lockFor(venue, accountId, market, legs) ?? reject(NO_BALANCE)
  const list = openList(venue, accountId, above.symbol, "OCO", listId)
  const orders = legs.map((leg) => bookInto(list, bookOrder(venue, accountId, leg, lock, list.listId)))
  list.rivals = [...list.orderIds]
  announceList(venue, list)
  for (const order of orders) if (isOpen(order)) start(venue, order)
  runTriggers(venue, market)
  return list
}

type Oto = {
  working: NewOrder
  pending: NewOrder[]
  listId: string | undefined
  /** The pending orders have no quantity of their own: they sell what the working one received (OPO, OPOCO). */
  isPaid?: boolean
  /** They sell what is left of that after the commission, whatever else is free. */
  isNet?: boolean
}

/** Places an order and one (OTO) or two rival ones (OTOCO) that start only when it is completely filled. */
export function placeOto(
  venue: Venue,
  accountId: number,
  { working, pending, listId, isPaid = false, isNet = false }: Oto,
): OrderList {
  if (working.type !== "LIMIT" && working.type !== "LIMIT_MAKER") refuse(-1158, "Order type not supported in OTO.")
  if (pending.length === 2) checkOcoTypes(pending[0], pending[1])
  const first = checkFilters(venue, working)
  if (isPaid) checkPaid(venue, working, pending)
  const later = isPaid ? pending : pending.map((order) => checkFilters(venue, order))
  const market = venue.market(working.symbol)
  checkListId(venue, accountId, listId)
  checkCounts(venue, accountId, market.rules, { orders: 1 + later.length, algo: later.filter(isStop).length, lists: 1 })
  checkPosition(venue, accountId, first)
  checkLegIds([first, ...later])
  checkEngine(venue, accountId, first)
  for (const order of later)
    if (venue.hasOpen(accountId, order.symbol, order.clientOrderId)) reject("Duplicate order sent.")
  const lock = lockFor(venue, accountId, market, [first]) ?? reject(NO_BALANCE)
  const list = openList(venue, accountId, working.symbol, "OTO", listId)
  const order = bookInto(list, bookOrder(venue, accountId, first, lock, list.listId))
  list.phaseOneId = order.orderId
  for (const one of later) bookInto(list, bookOrder(venue, accountId, one, noLock(), list.listId, "PENDING_NEW"))
  if (isPaid) list.paid = { asset: market.rules.base, amount: 0n }
  if (isNet) list.isNet = true
  if (later.length === 2) list.rivals = list.orderIds.slice(1)
  announceList(venue, list)
  start(venue, order)
  runTriggers(venue, market)
  return list
}

function openList(
  venue: Venue,
  accountId: number,
  symbol: string,
  contingency: OrderList["contingency"],
  listClientOrderId: string | undefined,
): OrderList {
  const listId = venue.nextId("list")
  const times = { createdMs: venue.nowMs, updatedMs: venue.nowMs }
  const list: OrderList = {
    listId,
    accountId,
    symbol,
    contingency,
    listClientOrderId: listClientOrderId ?? venue.generatedId(-1 - listId),
    orderIds: [],
    rivals: [],
    phaseOneId: undefined,
    statusType: "EXEC_STARTED",
    orderStatus: "EXECUTING",
    ...times,
  }
  venue.lists.set(listId, list)
  return list
}

function bookInto(list: OrderList, order: Order): Order {
  list.orderIds.push(order.orderId)
  return order
}

function isStop({ type }: NewOrder): boolean {
  return isConditional(type)
}

// Above the market waits a seller's take-profit or a buyer's stop; below it the other one.
function checkOcoTypes(above: NewOrder, below: NewOrder): void {
  const [profit, stop] = above.side === "SELL" ? [above, below] : [below, above]
  if (profit.type === "LIMIT" || profit.type === "MARKET" || stop.type === "LIMIT" || stop.type === "MARKET")
    refuse(-1158, "Order type not supported in OCO.")
  if (profit.type === "LIMIT_MAKER" && stop.type === "LIMIT_MAKER")
    refuse(-1198, "At most one order in an OCO can be a limit order.")
  if (stop.type === "LIMIT_MAKER")
    refuse(
      above.side === "SELL" ? -1197 : -1196,
      above.side === "SELL"
        ? "A limit order in a sell OCO must be above."
        : "A limit order in a buy OCO must be below.",
    )
  if (profit.type.startsWith("STOP_LOSS") || stop.type.startsWith("TAKE_PROFIT"))
    refuse(-1158, "Order type not supported in OCO.")
}

function checkPaid(venue: Venue, working: NewOrder, pending: NewOrder[]): void {
  if (venue.market(working.symbol).rules.forbidsOpo) reject("OPO orders are not supported for this symbol.")
  if (working.side !== "BUY" || pending.some(({ side }) => side !== "SELL")) refuse(-1117, "Invalid side.")
  for (const order of pending) checkPrices(venue, order)
}

function checkOcoPrices(venue: Venue, above: NewOrder, below: NewOrder): void {
  const last = venue.market(above.symbol).lastPrice
  const priceOf = (order: NewOrder) => (order.stopPrice > 0n ? order.stopPrice : order.price)
  const isAbove = priceOf(above) > last || above.trailingDelta > 0
  const isBelow = priceOf(below) < last || below.trailingDelta > 0
  if (!isAbove || !isBelow) reject("The relationship of the prices for the orders is not correct.")
}

function checkLegIds(legs: NewOrder[]): void {
  const ids = legs.map((leg) => leg.clientOrderId).filter((id) => id !== undefined)
  if (new Set(ids).size !== ids.length) reject("Duplicate order sent.")
}

function checkListId(venue: Venue, accountId: number, listId: string | undefined): void {
  const isTaken = [...venue.lists.values()].some(
    (list) => list.accountId === accountId && list.orderStatus === "EXECUTING" && list.listClientOrderId === listId,
  )
  if (isTaken) reject("Duplicate order sent.")
}
