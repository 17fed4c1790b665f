import { formatDecimal as text } from "../decimal.ts"
import { type Fill, isConditional, type Order } from "../matching/order.ts"
import { cancelList } from "../matching/order-cancel.ts"
import type { OrderList } from "../matching/order-lists.ts"
import type { ResponseType } from "./order-request.ts"
import type { Venue } from "../venue.ts"

/** The answer to a new order, as short or long as requested. */
export function placedAnswer(order: Order, type: ResponseType, transactTime: number) {
  const ack = {
    symbol: order.symbol,
    orderId: order.orderId,
    orderListId: order.listId,
    clientOrderId: order.placedClientOrderId,
    transactTime,
  }
  if (type === "ACK") return ack
  const result = {
    ...ack,
    ...stateOf(order),
    ...(isConditional(order.type) ? {} : { workingTime: order.workingSinceMs }),
    ...conditionalOf(order),
    selfTradePreventionMode: order.selfTrade,
  }
  return type === "RESULT" ? result : { ...result, fills: order.fills.map(fillAnswer) }
}

/**
 * An order in the answer to a new list. What waits for another order is always PENDING_NEW there, even when that has
 * filled at once: only reading the list tells how it is now. An OPO's has no quantity yet.
 */
export function placedInList(list: OrderList, order: Order, type: ResponseType, transactTime: number) {
  if (list.phaseOneId === undefined || list.phaseOneId === order.orderId) return placedAnswer(order, type, transactTime)
  const asPlaced = { status: "PENDING_NEW", executed: 0n, executedQuote: 0n, workingSinceMs: -1 } as const
  const answer = placedAnswer(
    { ...order, ...asPlaced, fills: [], trailingSinceMs: -1, expiryReason: undefined },
    type,
    transactTime,
  )
  return list.paid ? { ...answer, origQty: undefined } : answer
}

/** An order as the query routes return it. */
export function orderAnswer(order: Order) {
  return {
    symbol: order.symbol,
    orderId: order.orderId,
    orderListId: order.listId,
    clientOrderId: order.clientOrderId,
    ...stateOf(order),
    stopPrice: text(order.stopPrice),
    icebergQty: text(0n),
    time: order.createdMs,
    updateTime: order.updatedMs,
    isWorking: order.isWorking,
    workingTime: order.workingSinceMs,
    ...conditionalOf(order),
    selfTradePreventionMode: order.selfTrade,
  }
}

/** The answer to a cancel: the order keeps its id as `origClientOrderId`, `clientOrderId` names the cancel. */
export function cancelAnswer(order: Order, transactTime: number) {
  return {
    symbol: order.symbol,
    origClientOrderId: order.placedClientOrderId,
    orderId: order.orderId,
    orderListId: order.listId,
    clientOrderId: order.clientOrderId,
    transactTime,
    ...stateOf(order),
    ...conditionalOf(order),
    selfTradePreventionMode: order.selfTrade,
  }
}

/** One row of myTrades. */
export function tradeAnswer(fill: Fill) {
  return {
    symbol: fill.symbol,
    id: fill.tradeId,
    orderId: fill.orderId,
    orderListId: fill.listId,
    price: text(fill.price),
    qty: text(fill.quantity),
    quoteQty: text(fill.quote),
    commission: text(fill.commission),
    commissionAsset: fill.commissionAsset,
    time: fill.timeMs,
    isBuyer: fill.isBuyer,
    isMaker: fill.isMaker,
    isBestMatch: true,
  }
}

/** A list of orders, as the query routes return it. */
export function listAnswer(venue: Venue, list: OrderList) {
  return {
    orderListId: list.listId,
    contingencyType: list.contingency,
    listStatusType: list.statusType,
    listOrderStatus: list.orderStatus,
    listClientOrderId: list.listClientOrderId,
    transactionTime: list.updatedMs,
    symbol: list.symbol,
    orders: ordersOf(venue, list).map(({ symbol, orderId, placedClientOrderId }) => ({
      symbol,
      orderId,
      clientOrderId: placedClientOrderId,
    })),
  }
}

/** Cancels a whole list and returns it, with all its orders. */
export function cancelledListAnswer(venue: Venue, list: OrderList, cancelId: string | undefined) {
  cancelList(venue, list, cancelId)
  return {
    ...listAnswer(venue, list),
    orderReports: ordersOf(venue, list).map((order) => cancelAnswer(order, venue.nowMs)),
  }
}

/** The orders of a list, in the order they were placed. */
export function ordersOf(venue: Venue, list: OrderList): Order[] {
  return list.orderIds.map((id) => venue.orders.get(id)!)
}

function stateOf(order: Order) {
  return {
    price: text(order.price),
    origQty: text(order.quantity),
    executedQty: text(order.executed),
    origQuoteOrderQty: text(order.quoteQuantity),
    cummulativeQuoteQty: text(order.executedQuote),
    status: order.status,
    timeInForce: order.timeInForce,
    type: order.type,
    side: order.side,
  }
}

function conditionalOf(order: Order) {
  return {
    ...(order.stopPrice > 0n ? { stopPrice: text(order.stopPrice) } : {}),
    ...(order.trailingDelta > 0 ? { trailingDelta: order.trailingDelta, trailingTime: order.trailingSinceMs } : {}),
    ...(order.strategyId === undefined ? {} : { strategyId: order.strategyId }),
    ...(order.strategyType === undefined ? {} : { strategyType: order.strategyType }),
    ...(order.expiryReason === undefined ? {} : { expiryReason: order.expiryReason }),
  }
}

function fillAnswer({ price, quantity, commission, commissionAsset, tradeId }: Fill) {
  return { price: text(price), qty: text(quantity), commission: text(commission), commissionAsset, tradeId }
}
