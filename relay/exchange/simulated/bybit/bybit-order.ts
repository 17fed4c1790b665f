import { type Decimal, dividedBy, formatDecimal } from "../decimal.ts"
import { hasLimit, isConditional, isOpen, leftOf, type Order } from "../matching/order.ts"
import { triggersAbove } from "../matching/triggers.ts"
import type { Venue } from "../venue.ts"
import { cancelTypeOf, rejectReasonOf, statusOf } from "./bybit-status.ts"

/** An amount as Bybit writes it: without zeros at its end. */
export function plain(amount: Decimal): string {
  return formatDecimal(amount).replace(/\.?0+$/, "")
}

/** What a cancel must name to reach an order: an active order, a stop that locks its money, or one that does not yet. */
export type OrderFilter = "Order" | "tpslOrder" | "StopOrder"

export function orderFilterOf(order: Order): OrderFilter {
  return isConditional(order.type) ? (order.locksLate ? "StopOrder" : "tpslOrder") : "Order"
}

/** The id its owner gave an order; empty when the owner gave none. */
export function orderLinkIdOf(venue: Venue, { orderId, placedClientOrderId }: Order): string {
  return venue.generatedId(orderId) === placedClientOrderId ? "" : placedClientOrderId
}

/** Whether an order is there for its owner: exits begin to exist when the entry they are attached to is filled. */
export function isShown(venue: Venue, order: Order): boolean {
  const entry = entryOf(venue, order)
  return entry === undefined || (order.status !== "PENDING_NEW" && entry.status === "FILLED")
}

function entryOf(venue: Venue, { listId, orderId }: Order): Order | undefined {
  const phaseOneId = venue.lists.get(listId)?.phaseOneId
  return phaseOneId === undefined || phaseOneId === orderId ? undefined : venue.orders.get(phaseOneId)
}

/** An order as Bybit's lists and its stream show it. */
export function orderRow(venue: Venue, order: Order) {
  const left = isOpen(order) ? leftOf(order) : 0n
  const isByQuote = order.quoteQuantity > 0n
  const isStop = isConditional(order.type)
  return {
    orderId: String(order.orderId),
    orderLinkId: orderLinkIdOf(venue, order),
    blockTradeId: "",
    symbol: order.symbol,
    price: plain(order.price),
    qty: plain(isByQuote ? order.quoteQuantity : order.quantity),
    side: order.side === "BUY" ? "Buy" : "Sell",
    isLeverage: "0",
    positionIdx: 0,
    orderStatus: statusOf(order),
    cancelType: cancelTypeOf(order),
    rejectReason: rejectReasonOf(order),
    avgPrice: order.executed > 0n ? plain(dividedBy(order.executedQuote, order.executed)) : "",
    leavesQty: plain(left),
    leavesValue: plain(order.price > 0n ? (order.price * left) / 100_000_000n : 0n),
    cumExecQty: plain(order.executed),
    cumExecValue: plain(order.executedQuote),
    ...feesOf(order),
    timeInForce: timeInForceOf(order),
    orderType: hasLimit(order.type) ? "Limit" : "Market",
    stopOrderType: !isStop ? "" : order.locksLate ? "Stop" : "tpslOrder",
    orderIv: "",
    marketUnit: order.type === "MARKET" ? (isByQuote ? "quoteCoin" : "baseCoin") : "",
    triggerPrice: isStop ? plain(order.stopPrice) : "",
    ...attachedTo(venue, order),
    tpTriggerBy: "",
    slTriggerBy: "",
    triggerDirection: isStop ? (triggersAbove(order) ? 1 : 2) : 0,
    triggerBy: "",
    lastPriceOnCreated: "",
    reduceOnly: false,
    closeOnTrigger: false,
    placeType: "",
    ocoTriggerBy: "",
    smpType: "None",
    smpGroup: 0,
    smpOrderId: "",
    createdTime: String(entryOf(venue, order)?.updatedMs ?? order.createdMs),
    updatedTime: String(order.updatedMs),
  }
}

function timeInForceOf({ type, timeInForce }: Order): string {
  if (type === "LIMIT_MAKER") return "PostOnly"
  return hasLimit(type) ? timeInForce : "IOC"
}

function feesOf({ fills }: Order) {
  const coins = new Map<string, Decimal>()
  for (const { commissionAsset, commission } of fills)
    coins.set(commissionAsset, (coins.get(commissionAsset) ?? 0n) + commission)
  const sum = [...coins.values()].reduce((total, fee) => total + fee, 0n)
  return {
    cumExecFee: plain(sum),
    cumFeeDetail: Object.fromEntries([...coins].map(([coin, fee]) => [coin, plain(fee)])),
  }
}

/** The prices of the exits that wait for an entry. */
function attachedTo(venue: Venue, order: Order) {
  const list = venue.lists.get(order.listId)
  const exits = list?.phaseOneId === order.orderId ? list.orderIds.slice(1).map((id) => venue.orders.get(id)!) : []
  const profit = exits.find(({ type }) => type.startsWith("TAKE_PROFIT"))
  const loss = exits.find(({ type }) => type.startsWith("STOP_LOSS"))
  const priceOf = (exit: Order | undefined) => (exit && exit.price > 0n ? plain(exit.price) : "")
  return {
    takeProfit: profit ? plain(profit.stopPrice) : "",
    stopLoss: loss ? plain(loss.stopPrice) : "",
    tpLimitPrice: priceOf(profit),
    slLimitPrice: priceOf(loss),
  }
}
