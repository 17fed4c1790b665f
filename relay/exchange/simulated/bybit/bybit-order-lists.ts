import { DAY_MS } from "#engine/candles"
import type { Exchange } from "../exchange-state.ts"
import { isOpen, type Order } from "../matching/order.ts"
import type { BybitAsk } from "./bybit-ask.ts"
import { isShown, orderFilterOf, orderRow } from "./bybit-order.ts"
import { pageOf, windowFrom } from "./bybit-page.ts"
import { refuseAs } from "./bybit-refusals.ts"
import { statusOf } from "./bybit-status.ts"

const USUAL_PAGE = 20
const MOST_PAGE = 50
/** Closed orders that the real-time list shows. */
const RECENT_CLOSED = 500

/** GET /v5/order/realtime: what is open, or, with `openOnly=1`, the newest closed orders. A name finds both. */
export function realtimeOrders(ask: BybitAsk) {
  ask.input.checkCategory()
  const named = namedOrders(ask)
  const isRecent = (order: Order) => !ask.exchange.closedBefore.has(order)
  if (named) return page(ask, named.filter(isRecent))
  return page(ask, ask.input.text("openOnly") === "1" ? recentlyClosed(ask).filter(isRecent) : openOrders(ask))
}

/** GET /v5/order/history: what is closed; an order that ended without a fill is forgotten after a day. */
export function orderHistory(ask: BybitAsk) {
  const { input, venue } = ask
  input.checkCategory()
  const { startMs, endMs } = windowFrom(input, venue.nowMs)
  const wanted = input.text("orderStatus")
  const isIn = (order: Order) =>
    !isOpen(order) &&
    (order.executed > 0n || order.updatedMs > venue.nowMs - DAY_MS) &&
    (wanted === undefined || statusOf(order) === wanted)
  const named = namedOrders(ask)
  if (named) return page(ask, named.filter(isIn))
  const isInTime = ({ createdMs }: Order) => createdMs >= startMs && createdMs <= endMs
  return page(
    ask,
    mine(ask).filter((order) => isIn(order) && isInTime(order)),
  )
}

/** Whether an order cannot be read yet, as just after it was created. */
export function isHidden({ hiddenUntil, state }: Exchange, { orderId }: Order): boolean {
  return (hiddenUntil.get(orderId) ?? 0) > state.venue.nowMs
}

/** The order a question names, by its number before its own id; undefined where it names none. */
export function namedOrders({ exchange, input, venue, account }: BybitAsk): Order[] | undefined {
  const [orderId, linkId] = [input.text("orderId"), input.text("orderLinkId")]
  if (orderId === undefined && linkId === undefined) return undefined
  const order =
    orderId === undefined
      ? venue.ordersOf.get(account.id)!.findLast((one) => one.placedClientOrderId === linkId)
      : venue.orders.get(Number(orderId))
  const isThere = order && order.accountId === account.id && isShown(venue, order) && !isHidden(exchange, order)
  return isThere ? [order] : []
}

function openOrders({ exchange, venue, account, input }: BybitAsk): Order[] {
  const isMeant = filterFrom({ input, venue })
  return [...venue.openOrdersOf.get(account.id)!].filter(
    (order) => isMeant(order) && isShown(venue, order) && !isHidden(exchange, order),
  )
}

function recentlyClosed(ask: BybitAsk): Order[] {
  return mine(ask)
    .filter((order) => !isOpen(order))
    .slice(-RECENT_CLOSED)
}

function mine(ask: BybitAsk): Order[] {
  const { exchange, venue, account } = ask
  const isMeant = filterFrom(ask)
  return venue.ordersOf
    .get(account.id)!
    .filter((order) => isMeant(order) && isShown(venue, order) && !isHidden(exchange, order))
}

function filterFrom({ input, venue }: Pick<BybitAsk, "input" | "venue">): (order: Order) => boolean {
  const [symbol, filter] = [input.text("symbol"), input.text("orderFilter")]
  if (symbol !== undefined && !venue.markets.has(symbol)) refuseAs(170121)
  const base = input.text("baseCoin")
  return (order) =>
    (symbol === undefined || order.symbol === symbol) &&
    (filter === undefined || orderFilterOf(order) === filter) &&
    (base === undefined || venue.markets.get(order.symbol)?.rules.base === base)
}

function page({ input, venue }: BybitAsk, orders: Order[]) {
  const placeOf = ({ createdMs, orderId }: Order) => ({ atMs: createdMs, number: BigInt(orderId) })
  const limit = input.limit(USUAL_PAGE, MOST_PAGE)
  const { rows, nextPageCursor } = pageOf(orders, { input, limit, placeOf })
  return { category: "spot", nextPageCursor, list: rows.map((order) => orderRow(venue, order)) }
}
