import { refuseArgument } from "./refused.ts"
import type { SentFields } from "./sent-fields.ts"
import { momentFrom } from "./moment.ts"
import { momentText } from "./moment.ts"
import { amountText } from "./amount.ts"
import type { Order } from "../matching/order.ts"

/** The parameters of `-coinbase.createOrder` that one kind of order has. */
export type OrderParams = Record<string, string>

const LIMIT = ["base_size", "limit_price"]
const STOP = [...LIMIT, "stop_price", "stop_direction"]
const BRACKET = [...LIMIT, "stop_trigger_price"]

/** The kinds of orders, and what each may say. */
const kinds: Record<string, readonly string[]> = {
  market_market_ioc: ["quote_size", "base_size"],
  sor_limit_ioc: LIMIT,
  limit_limit_gtc: [...LIMIT, "post_only"],
  limit_limit_gtd: [...LIMIT, "post_only", "end_time"],
  limit_limit_fok: LIMIT,
  stop_limit_stop_limit_gtc: STOP,
  stop_limit_stop_limit_gtd: [...STOP, "end_time"],
  trigger_bracket_gtc: BRACKET,
  trigger_bracket_gtd: [...BRACKET, "end_time"],
}

/** Reads an `order_configuration`: one kind, with the fields of that kind. */
export function paramsFrom(configuration: SentFields, side: string): OrderParams {
  const { kind, fields } = kindIn(configuration)
  const params = priceless(kind, fields) ?? limited(kind, fields, side)
  return { ...params, ...endOf(kind, fields) }
}

/** Reads an `attached_order_configuration`: a bracket without a size, which is its entry's. */
export function attachedFrom(configuration: SentFields): OrderParams {
  const { kind, fields } = kindIn(configuration)
  if (kind !== "trigger_bracket_gtc") refuseArgument(`attached_order_configuration.${kind} cannot be attached`)
  if (fields.has("base_size")) refuseArgument("an attached order takes its size from its entry")
  return { attachedPrice: decimalIn(fields, "limit_price"), attachedStopPrice: decimalIn(fields, "stop_trigger_price") }
}

/** An order's `order_configuration`, as it was sent or as it has been edited since. */
export function configurationOf(order: Order): Record<string, Record<string, unknown>> {
  const base_size = amountText(order.quantity)
  const limit_price = amountText(order.bracket?.target ?? order.price)
  const until = order.goodTillMs === undefined ? {} : { end_time: momentText(order.goodTillMs) }
  const ending = order.goodTillMs === undefined ? "gtc" : "gtd"
  if (order.type === "MARKET")
    return {
      market_market_ioc: order.quoteQuantity > 0n ? { quote_size: amountText(order.quoteQuantity) } : { base_size },
    }
  if (order.bracket) {
    const stop_trigger_price = amountText(order.stopPrice)
    return { [`trigger_bracket_${ending}`]: { base_size, limit_price, stop_trigger_price, ...until } }
  }
  if (order.stopPrice > 0n) {
    const stop = { stop_price: amountText(order.stopPrice), stop_direction: directionOf(order) }
    return { [`stop_limit_stop_limit_${ending}`]: { base_size, limit_price, ...stop, ...until } }
  }
  if (order.timeInForce === "IOC") return { sor_limit_ioc: { base_size, limit_price } }
  if (order.timeInForce === "FOK") return { limit_limit_fok: { base_size, limit_price } }
  const post_only = order.type === "LIMIT_MAKER"
  return { [`limit_limit_${ending}`]: { base_size, limit_price, post_only, ...until } }
}

function kindIn(configuration: SentFields): { kind: string; fields: SentFields } {
  configuration.only(Object.keys(kinds))
  const [kind, ...more] = configuration.names()
  if (kind === undefined || more.length > 0) return refuseArgument("an order configuration names exactly one kind")
  return { kind, fields: configuration.object(kind)!.only(kinds[kind]) }
}

function priceless(kind: string, fields: SentFields): OrderParams | undefined {
  if (kind !== "market_market_ioc") return undefined
  if (fields.has("quote_size") === fields.has("base_size"))
    refuseArgument("a market order has either a quote_size or a base_size")
  const size: OrderParams = fields.has("quote_size")
    ? { quoteOrderQty: decimalIn(fields, "quote_size") }
    : { quantity: decimalIn(fields, "base_size") }
  return { type: "MARKET", ...size }
}

function limited(kind: string, fields: SentFields, side: string): OrderParams {
  const params = { quantity: decimalIn(fields, "base_size"), price: decimalIn(fields, "limit_price") }
  if (kind.startsWith("trigger_bracket"))
    return { ...params, type: "LIMIT_STOP_BRACKET", stopPrice: decimalIn(fields, "stop_trigger_price") }
  if (kind.startsWith("stop_limit")) {
    const type = stopTypeOf(fields.required("stop_direction"), side)
    return { ...params, type, timeInForce: "GTC", stopPrice: decimalIn(fields, "stop_price") }
  }
  if (kind.startsWith("limit_limit_gt") && fields.flag("post_only")) return { ...params, type: "LIMIT_MAKER" }
  const timeInForce = kind === "sor_limit_ioc" ? "IOC" : kind === "limit_limit_fok" ? "FOK" : "GTC"
  return { ...params, type: "LIMIT", timeInForce }
}

const UP = "STOP_DIRECTION_STOP_UP"
const DOWN = "STOP_DIRECTION_STOP_DOWN"

/** A sale below the market protects, one above takes a profit; a purchase the other way round. */
function stopTypeOf(direction: string, side: string): string {
  if (direction !== UP && direction !== DOWN) return refuseArgument(`stop_direction "${direction}" is unknown`)
  return (direction === DOWN) === (side === "SELL") ? "STOP_LOSS_LIMIT" : "TAKE_PROFIT_LIMIT"
}

function directionOf({ type, side }: Order): string {
  return type.startsWith("STOP_LOSS") === (side === "SELL") ? DOWN : UP
}

function endOf(kind: string, fields: SentFields): OrderParams {
  if (!kind.endsWith("_gtd")) return {}
  const endMs = momentFrom(fields.required("end_time")) ?? refuseArgument("end_time must be an RFC 3339 time")
  return { goodTillMs: String(endMs) }
}

function decimalIn(fields: SentFields, name: string): string {
  const text = fields.required(name)
  return /^\d{1,20}(\.\d{1,20})?$/.test(text) ? text : refuseArgument(`${name} "${text.slice(0, 40)}" is not a decimal`)
}
