import type { Fill, Order } from "../matching/order.ts"
import type { CoinbaseCall } from "./coinbase-call.ts"
import { amountText } from "./amount.ts"
import { momentFrom, momentText } from "./moment.ts"
import { isShown, orderAnswer, orderIdOf, portfolioIdOf, statusOf, userIdOf } from "./order-answer.ts"
import { pageOf } from "./pages.ts"
import { refuseArgument } from "./refused.ts"
import { uuidOf } from "./uuid.ts"

/** Orders or fills of one answer: Coinbase gives 100 fills and up to 1000 orders where no limit is named. */
const MOST_ROWS = 1_000
const USUAL_FILLS = 100

// https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/orders/list-orders
const STATUSES =
  "UNKNOWN_ORDER_STATUS PENDING OPEN FILLED CANCELLED EXPIRED FAILED QUEUED CANCEL_QUEUED EDIT_QUEUED".split(" ")
const TYPES =
  "UNKNOWN_ORDER_TYPE MARKET LIMIT STOP STOP_LIMIT BRACKET TWAP ROLL_OPEN ROLL_CLOSE LIQUIDATION SCALED".split(" ")
const SIDES = ["UNKNOWN_ORDER_SIDE", "BUY", "SELL"]

/** `GET orders/historical/batch`: the account's orders, newest first. */
export function listOrders(call: CoinbaseCall) {
  const { exchange, venue, key, query } = call
  const wanted = orderFilter(call)
  const rows = venue.ordersOf.get(key.accountId)!.filter((order) => isShown(exchange, order) && wanted(order))
  const nameOf = ({ orderId }: Order) => String(orderId)
  const limit = call.count("limit", MOST_ROWS, MOST_ROWS)
  const page = pageOf(
    call,
    rows.toSorted((one, other) => other.orderId - one.orderId),
    { limit, nameOf },
  )
  if (query.get("order_status") === "OPEN" && query.getAll("order_status").length > 1)
    refuseArgument("OPEN cannot be asked for together with another order_status")
  const { cursor, has_next } = page
  return { orders: page.rows.map((order) => orderAnswer(exchange, order)), sequence: "0", has_next, cursor }
}

/** `GET orders/historical/fills`: the account's fills, newest first. */
export function listFills(call: CoinbaseCall) {
  const { exchange, venue, key } = call
  const wanted = fillFilter(call)
  const rows = venue.ordersOf
    .get(key.accountId)!
    .filter((order) => isShown(exchange, order))
    .flatMap((order) => order.fills.map((fill) => ({ order, fill })))
    .filter(wanted)
    .toSorted((one, other) => other.fill.tradeId - one.fill.tradeId || other.fill.orderId - one.fill.orderId)
  const nameOf = ({ fill }: { fill: Fill }) => `${fill.tradeId}/${fill.orderId}`
  const page = pageOf(call, rows, { limit: call.count("limit", USUAL_FILLS, MOST_ROWS), nameOf })
  return { fills: page.rows.map(({ order, fill }) => fillAnswer(call, order, fill)), cursor: page.cursor }
}

function orderFilter(call: CoinbaseCall): (order: Order) => boolean {
  const { exchange, venue } = call
  const [ids, products, statuses] = [
    setOf(call, "order_ids"),
    productsOf(call),
    setAmong(call, STATUSES, "order_status"),
  ]
  const [types, sides] = [setAmong(call, TYPES, "order_types", "order_type"), setAmong(call, SIDES, "order_side")]
  const [startMs, endMs] = [timeOf(call, "start_date"), timeOf(call, "end_date")]
  return (order) =>
    ids(orderIdOf(venue, order.orderId)) &&
    products(order.symbol) &&
    statuses(statusOf(exchange, order)) &&
    sides(order.side) &&
    types(orderAnswer(exchange, order).order_type) &&
    order.createdMs >= (startMs ?? 0) &&
    order.createdMs <= (endMs ?? Infinity)
}

function fillFilter(call: CoinbaseCall): (row: { order: Order; fill: Fill }) => boolean {
  const { venue } = call
  const [ids, products, trades] = [setOf(call, "order_ids", "order_id"), productsOf(call), setOf(call, "trade_ids")]
  const [startMs, endMs] = [timeOf(call, "start_sequence_timestamp"), timeOf(call, "end_sequence_timestamp")]
  return ({ order, fill }) =>
    ids(orderIdOf(venue, order.orderId)) &&
    products(order.symbol) &&
    trades(tradeIdOf(call, fill)) &&
    fill.timeMs >= (startMs ?? 0) &&
    fill.timeMs <= (endMs ?? Infinity)
}

function fillAnswer(call: CoinbaseCall, order: Order, fill: Fill) {
  const { venue } = call
  return {
    entry_id: uuidOf(`${venue.options.seed}/entry/${fill.symbol}/${fill.tradeId}/${fill.orderId}`),
    trade_id: tradeIdOf(call, fill),
    order_id: orderIdOf(venue, fill.orderId),
    trade_time: momentText(fill.timeMs),
    trade_type: "FILL",
    price: amountText(fill.price),
    size: amountText(fill.quantity),
    commission: amountText(fill.commission),
    product_id: fill.symbol,
    sequence_timestamp: momentText(fill.timeMs),
    liquidity_indicator: fill.isMaker ? "MAKER" : "TAKER",
    size_in_quote: false,
    user_id: userIdOf(venue, order.accountId),
    side: order.side,
    retail_portfolio_id: portfolioIdOf(venue, order.accountId),
  }
}

function tradeIdOf({ venue }: CoinbaseCall, { symbol, tradeId, orderId }: Fill): string {
  return uuidOf(`${venue.options.seed}/trade/${symbol}/${tradeId}/${orderId}`)
}

function productsOf(call: CoinbaseCall): (symbol: string) => boolean {
  return setOf(call, "product_ids", "product_id")
}

/** Whether something is among what the query names; everything is when it names nothing. */
function setOf({ query }: CoinbaseCall, ...names: string[]): (value: string) => boolean {
  const wanted = new Set(names.flatMap((name) => query.getAll(name)))
  return (value) => wanted.size === 0 || wanted.has(value)
}

/** The same for words of a list: any other is refused. */
function setAmong(call: CoinbaseCall, words: readonly string[], ...names: string[]): (value: string) => boolean {
  for (const name of names)
    for (const value of call.query.getAll(name))
      if (!words.includes(value)) refuseArgument(`${name} "${value.slice(0, 40)}" is unknown`)
  return setOf(call, ...names)
}

function timeOf({ query }: CoinbaseCall, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  return momentFrom(text) ?? refuseArgument(`${name} must be an RFC 3339 time`)
}
