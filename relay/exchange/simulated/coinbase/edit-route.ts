import { isOpen, type Order } from "../matching/order.ts"
import { Refusal } from "../refusal.ts"
import type { CoinbaseCall } from "./coinbase-call.ts"
import { isShown, orderIdOf } from "./order-answer.ts"
import { orderFailureOf } from "./order-failure.ts"
import { ownOrder } from "./order-routes.ts"
import { Refused, refuseArgument } from "./refused.ts"

/**
 * `POST orders/edit`: another price or size for a limit order that is good till it is cancelled.
 * Source: https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/orders/edit-order
 */
export function editOrder(call: CoinbaseCall) {
  const fields = call.fields.only(["order_id", "price", "size"])
  const order = ownOrder(call, fields.required("order_id"))
  const changes = { price: fields.text("price"), quantity: fields.text("size") }
  const sent = Object.entries(changes).flatMap(([name, text]) => (text ? [[name, decimalIn(text)] as const] : []))
  if (!order || !isShown(call.exchange, order)) return notEdited("ORDER_NOT_FOUND")
  const reason = sent.length === 0 ? "INVALID_EDITED_PRICE" : reasonAgainst(order)
  return reason ? notEdited(reason) : edited(call, order, Object.fromEntries(sent))
}

function edited(call: CoinbaseCall, order: Order, params: Record<string, string>) {
  const { symbol, orderId } = order
  try {
    call.perform("-order.amend", { symbol, orderId: String(orderId), ...params })
    return { success: true, success_response: { order_id: orderIdOf(call.venue, orderId) }, errors: [] }
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof Refused) throw error
    return notEdited("REJECTED", orderFailureOf(error).preview)
  }
}

function reasonAgainst(order: Order): string | undefined {
  if (!isOpen(order)) return order.status === "FILLED" ? "ORDER_ALREADY_FILLED" : "ORDER_NOT_OPEN"
  const isPlain = (order.type === "LIMIT" || order.type === "LIMIT_MAKER") && order.goodTillMs === undefined
  return isPlain ? undefined : "ONLY_LIMIT_ORDER_EDITS_SUPPORTED"
}

function notEdited(edit_failure_reason: string, preview_failure_reason = "UNKNOWN_PREVIEW_FAILURE_REASON") {
  const errors = [{ edit_failure_reason, preview_failure_reason }]
  const error_response = { error_details: "", edit_order_failure_reason: edit_failure_reason, preview_failure_reason }
  return { success: false, error_response, errors }
}

function decimalIn(text: string): string {
  return /^\d{1,20}(\.\d{1,20})?$/.test(text) ? text : refuseArgument(`"${text.slice(0, 40)}" is not a decimal`)
}
