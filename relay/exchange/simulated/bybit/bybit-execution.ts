import { type Fill, hasLimit, leftOf, type Order } from "../matching/order.ts"
import type { Venue } from "../venue.ts"
import { orderLinkIdOf, orderRow, plain } from "./bybit-order.ts"

/** A fill's number: no other fill of any order or market has it. */
export function execIdOf({ orderId, tradeId }: Fill): string {
  return `${orderId}${String(tradeId).padStart(12, "0")}`
}

/** A fill as Bybit's lists and its stream show it. */
export function executionRow(venue: Venue, order: Order, fill: Fill) {
  const { makerRate, takerRate } = venue.account(order.accountId)
  const { stopOrderType, orderType, side } = orderRow(venue, order)
  return {
    symbol: order.symbol,
    orderId: String(order.orderId),
    orderLinkId: orderLinkIdOf(venue, order),
    side,
    orderPrice: hasLimit(order.type) ? plain(order.price) : plain(fill.price),
    orderQty: plain(order.quantity),
    leavesQty: plain(leftOf(order)),
    orderType,
    stopOrderType,
    execFee: plain(fill.commission),
    execId: execIdOf(fill),
    execPrice: plain(fill.price),
    execQty: plain(fill.quantity),
    execType: "Trade",
    execValue: plain(fill.quote),
    execTime: String(fill.timeMs),
    feeCurrency: fill.commissionAsset,
    isMaker: fill.isMaker,
    feeRate: plain(fill.isMaker ? makerRate : takerRate),
    tradeIv: "",
    markIv: "",
    markPrice: "",
    indexPrice: "",
    underlyingPrice: "",
    blockTradeId: "",
    closedSize: "",
    seq: fill.tradeId,
    extraFees: "",
  }
}
