import type { Decimal } from "../decimal.ts"
import {
  type Bracket,
  hasLimit,
  isConditional,
  type OrderType,
  orderTypes,
  type SelfTradeMode,
  selfTradeModes,
  type Side,
  type TimeInForce,
} from "../matching/order.ts"
import type { Params } from "./params.ts"
import { refuse, reject } from "../refusal.ts"

/** An order as requested, read and complete, but not yet checked against the market's rules. */
export type NewOrder = {
  symbol: string
  side: Side
  type: OrderType
  timeInForce: TimeInForce
  quantity: Decimal
  quoteQuantity: Decimal
  price: Decimal
  stopPrice: Decimal
  trailingDelta: number
  clientOrderId: string | undefined
  selfTrade: SelfTradeMode
  strategyId: number | undefined
  strategyType: number | undefined
  goodTillMs?: number
  bracket?: Bracket
  /** A stop that locks its money only when it triggers. */
  locksLate?: boolean
}

/** What the legs of a list share and therefore do not repeat. */
export type Given = { symbol: string; side?: Side; quantity?: Decimal; selfTrade: SelfTradeMode }

export const responseTypes = ["ACK", "RESULT", "FULL"] as const
export type ResponseType = (typeof responseTypes)[number]

const sides = ["BUY", "SELL"] as const
const timesInForce = ["GTC", "IOC", "FOK"] as const

/** Reads a single order from REST or WebSocket parameters. */
export function newOrderFrom(params: Params): NewOrder {
  const symbol = params.required("symbol")
  return orderLegFrom(params, "", { symbol, selfTrade: selfTradeFrom(params) })
}

/**
 * Reads one leg of a list: its parameters carry the prefix, as in `aboveStopPrice` or `workingSide`. An empty prefix
 * reads the plain names of a single order. Refuses what the type demands and is missing, or forbids and was sent.
 */
export function orderLegFrom(params: Params, prefix: string, given: Given): NewOrder {
  const name = (field: string) => (prefix === "" ? field : prefix + field[0].toUpperCase() + field.slice(1))
  const type = typeFrom(params, name("type"))
  const side = given.side ?? sideFrom(params, name("side"))
  if (params.has(name("icebergQty"))) reject("Iceberg orders are not supported for this symbol.")
  return {
    symbol: given.symbol,
    side,
    type,
    ...quantitiesFrom(params, name, type, given.quantity),
    ...pricesFrom(params, name, type),
    timeInForce: timeInForceFrom(params, name("timeInForce"), type),
    clientOrderId: params.clientId(prefix === "" ? "newClientOrderId" : name("clientOrderId")),
    selfTrade: given.selfTrade,
    strategyId: params.integer(name("strategyId")),
    strategyType: strategyTypeFrom(params, name("strategyType")),
  }
}

/** How detailed the answer to a new order is; market and limit orders default to full detail. */
export function responseTypeFrom(params: Params, type: OrderType): ResponseType {
  const asked = params.oneOf(
    "newOrderRespType",
    responseTypes,
    -1100,
    "Illegal characters found in parameter 'newOrderRespType'; legal range is 'ACK|RESULT|FULL'.",
  )
  return asked ?? (type === "MARKET" || type === "LIMIT" ? "FULL" : "ACK")
}

/** What happens when the order meets an order of the same account. */
export function selfTradeFrom(params: Params): SelfTradeMode {
  return (
    params.oneOf(
      "selfTradePreventionMode",
      selfTradeModes,
      -1013,
      "This symbol does not allow the specified self-trade prevention mode.",
    ) ?? "EXPIRE_MAKER"
  )
}

/** The side of a list, which names it only once. */
export function sideFrom(params: Params, name: string): Side {
  params.required(name)
  return params.oneOf(name, sides, -1117, "Invalid side.")!
}

function typeFrom(params: Params, name: string): OrderType {
  params.required(name)
  return params.oneOf(name, orderTypes, -1116, "Invalid orderType.")!
}

function quantitiesFrom(params: Params, name: (field: string) => string, type: OrderType, given: Decimal | undefined) {
  if (given !== undefined) return { quantity: given, quoteQuantity: 0n }
  if (type !== "MARKET" || !params.has(name("quoteOrderQty"))) {
    params.forbid(name("quoteOrderQty"))
    return { quantity: params.requiredDecimal(name("quantity")), quoteQuantity: 0n }
  }
  if (params.has(name("quantity"))) refuse(-1128, "Combination of optional parameters invalid.")
  return { quantity: 0n, quoteQuantity: params.requiredDecimal(name("quoteOrderQty")) }
}

function pricesFrom(params: Params, name: (field: string) => string, type: OrderType) {
  if (!hasLimit(type)) params.forbid(name("price"))
  if (!isConditional(type)) {
    params.forbid(name("stopPrice"))
    params.forbid(name("trailingDelta"))
  }
  const price = hasLimit(type) ? params.requiredDecimal(name("price")) : 0n
  const trailingDelta = params.integer(name("trailingDelta")) ?? 0
  const needsStop = isConditional(type) && trailingDelta === 0
  const stopPrice = needsStop ? params.requiredDecimal(name("stopPrice")) : (params.decimal(name("stopPrice")) ?? 0n)
  return { price, stopPrice, trailingDelta }
}

function timeInForceFrom(params: Params, name: string, type: OrderType): TimeInForce {
  if (!hasLimit(type) || type === "LIMIT_MAKER") {
    params.forbid(name)
    return "GTC"
  }
  params.required(name)
  return params.oneOf(name, timesInForce, -1115, "Invalid timeInForce.")!
}

function strategyTypeFrom(params: Params, name: string): number | undefined {
  const type = params.integer(name)
  if (type !== undefined && type < 1_000_000) refuse(-1102, `Parameter '${name}' must be at least 1000000.`)
  return type
}
