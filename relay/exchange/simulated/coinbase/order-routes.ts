import { isOpen, type Order } from "../matching/order.ts"
import { Refusal } from "../refusal.ts"
import type { CoinbaseCall } from "./coinbase-call.ts"
import { isShown, orderAnswer, orderIdOf } from "./order-answer.ts"
import { attachedFrom, paramsFrom } from "./order-configuration.ts"
import { orderFailureOf, refusedOrder } from "./order-failure.ts"
import { Refused, refuseArgument, refuseUnknown } from "./refused.ts"
import type { SentFields } from "./sent-fields.ts"
import { numberIn } from "./uuid.ts"

const MOST_ID_LETTERS = 128
const NO_ORDER = "order with this orderID was not found"
/** What a new order may say. Whoever sends anything else believes in something that does not exist here. */
const CREATE_FIELDS = [
  "client_order_id",
  "product_id",
  "side",
  "order_configuration",
  "attached_order_configuration",
  "self_trade_prevention_id",
  "leverage",
  "margin_type",
  "retail_portfolio_id",
  "preview_id",
]

/** `POST orders`: an order's id, or why there is none. */
export function createOrder(call: CoinbaseCall) {
  const fields = call.fields.only(CREATE_FIELDS)
  const params = createParams(fields)
  const configuration = (call.fields.object("order_configuration") ?? fields).raw()
  try {
    const { strike } = call
    const fails: Record<string, string> = strike?.name === "F90" ? { fails: "true" } : {}
    const { orderId } = call.perform("-coinbase.createOrder", { ...params, ...fails }) as { orderId: number }
    if (strike?.name === "F95") call.exchange.pendingUntil.set(orderId, call.venue.nowMs + strike.delayMs)
    const order = call.venue.orders.get(orderId)!
    return { success: true, success_response: successOf(call, order), order_configuration: configuration }
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof Refused) throw error
    return refusedOrder(orderFailureOf(error), configuration)
  }
}

/** `POST orders/batch_cancel`: for each order whether its cancel was taken. */
export function cancelOrders(call: CoinbaseCall) {
  const ids = call.fields.only(["order_ids"]).texts("order_ids")
  if (ids.length === 0) refuseArgument("order_ids is required")
  return { results: ids.map((id) => cancelOne(call, id)) }
}

/** `GET orders/historical/{id}` */
export function readOrder(call: CoinbaseCall) {
  const order = ownOrder(call, call.id)
  if (!order || !isShown(call.exchange, order)) return refuseUnknown(NO_ORDER)
  return { order: orderAnswer(call.exchange, order) }
}

/** The sender's own order with an id. */
export function ownOrder({ venue, key }: CoinbaseCall, id: string): Order | undefined {
  const number = numberIn({ seed: venue.options.seed, kind: "order" }, id)
  const order = number === undefined ? undefined : venue.orders.get(number)
  return order?.accountId === key.accountId ? order : undefined
}

/** The parameters of the order a request describes, without its client's name for it. */
export function orderParams(fields: SentFields): Record<string, string> {
  const side = fields.required("side")
  if (side !== "BUY" && side !== "SELL") refuseArgument(`side "${side.slice(0, 20)}" is unknown`)
  const configuration = fields.object("order_configuration") ?? refuseArgument("order_configuration is required")
  const attached = fields.object("attached_order_configuration")
  const symbol = fields.required("product_id")
  return { symbol, side, ...paramsFrom(configuration, side), ...(attached ? attachedFrom(attached) : {}) }
}

function createParams(fields: SentFields): Record<string, string> {
  const clientOrderId = fields.required("client_order_id")
  if (clientOrderId.length > MOST_ID_LETTERS) refuseArgument("client_order_id is too long")
  return { ...orderParams(fields), clientOrderId }
}

function successOf({ venue }: CoinbaseCall, order: Order) {
  return {
    order_id: orderIdOf(venue, order.orderId),
    product_id: order.symbol,
    side: order.side,
    client_order_id: order.placedClientOrderId,
    attached_order_id: "",
  }
}

function cancelOne(call: CoinbaseCall, id: string) {
  const order = ownOrder(call, id)
  if (!order || !isShown(call.exchange, order))
    return { success: false, failure_reason: "UNKNOWN_CANCEL_ORDER", order_id: id }
  if (!isOpen(order)) return { success: false, failure_reason: "INVALID_CANCEL_REQUEST", order_id: id }
  try {
    call.perform("order.cancel", { symbol: order.symbol, orderId: String(order.orderId) })
    return { success: true, failure_reason: "UNKNOWN_CANCEL_FAILURE_REASON", order_id: id }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { success: false, failure_reason: "COMMANDER_REJECTED_CANCEL_ORDER", order_id: id }
  }
}
