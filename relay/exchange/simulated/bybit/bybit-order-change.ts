import { decimalFrom } from "../decimal.ts"
import type { SymbolRules } from "../market/symbol-rules.ts"
import { hasLimit, isConditional, isOpen, type Order } from "../matching/order.ts"
import { type BybitAsk, carryOut } from "./bybit-ask.ts"
import { isShown, orderFilterOf, orderLinkIdOf } from "./bybit-order.ts"
import { checkPrice, checkQuantity } from "./bybit-order-request.ts"
import { refuseAs } from "./bybit-refusals.ts"

/** POST /v5/order/amend: price, quantity and trigger price, in place. */
export function amendOrder(ask: BybitAsk) {
  const { input, venue } = ask
  const order = namedOrder(ask)
  const { rules } = venue.market(order.symbol)
  const [price, quantity] = [input.decimal("price"), input.decimal("qty")]
  const stopPrice = isConditional(order.type) && !order.isWorking ? input.decimal("triggerPrice") : undefined
  for (const text of [price, stopPrice]) if (text !== undefined) checkPrice(text, rules)
  if (quantity !== undefined) checkNewQuantity(order, rules, { quantity, price: price ?? stopPrice })
  if ([price, quantity, stopPrice].every((text) => text === undefined))
    refuseAs(10001, "params error: nothing to amend")
  carryOut(ask, "-order.amend", {
    symbol: order.symbol,
    orderId: String(order.orderId),
    price: hasLimit(order.type) ? price : undefined,
    quantity,
    stopPrice,
  })
  return namesOf(ask, order)
}

function checkNewQuantity(
  order: Order,
  rules: SymbolRules,
  { quantity, price }: { quantity: string; price: string | undefined },
): void {
  const isLimit = hasLimit(order.type)
  const known = isLimit ? order.price : order.stopPrice
  checkQuantity({ qty: quantity, isByQuote: false, isLimit }, rules, price === undefined ? known : decimalFrom(price))
}

/** POST /v5/order/cancel. A stop is reached by its own filter only. */
export function cancelOrder(ask: BybitAsk) {
  const order = namedOrder(ask)
  const filter = ask.input.text("orderFilter") ?? "Order"
  if (!["Order", "tpslOrder", "StopOrder"].includes(filter)) refuseAs(170202)
  if (!(isConditional(order.type) && order.isWorking) && orderFilterOf(order) !== filter) refuseAs(170213)
  carryOut(ask, "order.cancel", { symbol: order.symbol, orderId: String(order.orderId) })
  return namesOf(ask, order)
}

/** POST /v5/order/cancel-all: of one market or all; active orders unless a filter says otherwise. */
export function cancelAllOrders(ask: BybitAsk) {
  const { input, venue, account } = ask
  input.checkCategory()
  const symbol = input.text("symbol")
  if (symbol !== undefined && !venue.markets.has(symbol)) refuseAs(170121)
  const filter = input.text("orderFilter") ?? "Order"
  const isMeant = (order: Order) =>
    (symbol === undefined || order.symbol === symbol) && isShown(venue, order) && orderFilterOf(order) === filter
  const orders = [...venue.openOrdersOf.get(account.id)!].filter(isMeant)
  // Ending one order of a list may already have ended the next.
  const ended = orders.filter(isOpen).filter((order) => isOpen(order) && cancelled(ask, order))
  return { list: ended.map((order) => namesOf(ask, order)), success: "1" }
}

function cancelled(ask: BybitAsk, order: Order): boolean {
  carryOut({ ...ask, strike: undefined }, "order.cancel", { symbol: order.symbol, orderId: String(order.orderId) })
  return true
}

/** The open order a request names, by its number before its own id. */
function namedOrder({ input, venue, account }: BybitAsk): Order {
  input.checkCategory()
  const symbol = input.required("symbol")
  if (!venue.markets.has(symbol)) refuseAs(170121)
  const [orderId, linkId] = [input.text("orderId"), input.text("orderLinkId")]
  if (orderId === undefined && linkId === undefined) refuseAs(10001, "params error: orderId or orderLinkId is missing")
  const order =
    orderId === undefined ? venue.orderByClientId(account.id, symbol, linkId!) : venue.orders.get(Number(orderId))
  const isMine = order && order.accountId === account.id && order.symbol === symbol && isShown(venue, order)
  if (!isMine) return refuseAs(170213)
  if (!isOpen(order)) refuseAs(order.status === "FILLED" ? 170139 : 170142)
  return order
}

function namesOf({ venue }: BybitAsk, order: Order) {
  return { orderId: String(order.orderId), orderLinkId: orderLinkIdOf(venue, order) }
}
