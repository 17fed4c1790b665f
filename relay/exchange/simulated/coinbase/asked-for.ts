import type { Exchange } from "../exchange-state.ts"
import type { RestRequest } from "../protocol/speech.ts"
import type { Route } from "./routes.ts"
import { numberIn } from "./uuid.ts"

/** What faults and the event log call a request, and what it says of its order, by Binance's names. */
export type AskedFor = { operation: string; sent: Record<string, string> }

/**
 * A bracket is one order here; elsewhere the same thing is a list of orders, and it is called that. Orders that are asked
 * for by their status are the open ones.
 */
export function askedFor(exchange: Exchange, { body, url }: RestRequest, { operation, path }: Route): AskedFor {
  if (path === "orders/historical/batch")
    return { operation: url.includes("order_status=OPEN") ? "openOrders.status" : operation, sent: {} }
  if (path === "orders/historical/{id}")
    return { operation, sent: namedBy(exchange, url.split("?")[0].split("/").at(-1)) }
  if (path === "orders/batch_cancel" || path === "orders/edit")
    return { operation, sent: namedBy(exchange, firstIdIn(body)) }
  if (path !== "orders") return { operation, sent: {} }
  const { client_order_id, order_configuration, attached_order_configuration } = read(body)
  const isBracket = Object.keys(Object(order_configuration)).some((kind) => kind.startsWith("trigger_bracket"))
  const name = attached_order_configuration ? "orderList.place.otoco" : isBracket ? "orderList.place.oco" : operation
  return { operation: name, sent: typeof client_order_id === "string" ? { newClientOrderId: client_order_id } : {} }
}

function namedBy({ state: { venue } }: Exchange, id: string | undefined): Record<string, string> {
  const number = numberIn({ seed: venue.options.seed, kind: "order" }, id ?? "")
  const order = number === undefined ? undefined : venue.orders.get(number)
  return order ? { origClientOrderId: order.placedClientOrderId } : {}
}

function firstIdIn(body: string): string | undefined {
  const { order_ids, order_id } = read(body)
  const id: unknown = Array.isArray(order_ids) ? order_ids[0] : order_id
  return typeof id === "string" ? id : undefined
}

/** The body's fields as they may be: what they must be is checked when it is carried out. */
function read(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>
  } catch {
    return {}
  }
}
