import type { RealVenueId } from "#venues"
import type { LeavingRequest } from "../gate.ts"
import { productOf } from "./decimal-text.ts"

/** A request as ccxt is about to sign it, in the exchange's own words. */
export type Unsigned = { path: string; method: string; params: Record<string, unknown> }

/** What a request asks of the exchange; its market has the exchange's name. */
export type Asked = LeavingRequest extends infer One
  ? One extends LeavingRequest
    ? Omit<One, "windowMs" | "deadlineMs">
    : never
  : never

type Words = {
  symbol: unknown
  side: unknown
  id: unknown
  quantity?: unknown
  price?: unknown
  /** Already in quote. */
  quote?: unknown
}

/**
 * Reads what a signed request will do; undefined when it is none of those that this program makes: money never
 * leaves an account, whatever asks for it.
 */
export function askedOf(venue: RealVenueId, request: Unsigned): Asked | undefined {
  return request.method === "GET" ? ({ kind: "read" } as Asked) : changes[venue](request)
}

const changes: Record<RealVenueId, (request: Unsigned) => Asked | undefined> = {
  binance({ path, method, params }) {
    if (method === "DELETE") return /^(order|orderList|openOrders)$/.test(path) ? cancel(params.symbol) : undefined
    if (path === "order") return order("create", binanceWords(params, ""))
    if (path === "order/cancelReplace") return order("replace", binanceWords(params, ""))
    return /^orderList\/(oto|otoco|opo|opoco)$/.test(path)
      ? order("create", binanceWords(params, "working"))
      : undefined
  },
  bybit({ path, params }) {
    if (path === "v5/order/cancel") return cancel(params.symbol)
    if (path === "v5/order/amend") return amend(params)
    return path === "v5/order/create" ? order("create", bybitWords(params)) : undefined
  },
  coinbase({ path, params }) {
    // A cancel names no market.
    if (path === "brokerage/orders/batch_cancel") return cancel("")
    return path === "brokerage/orders" ? order("create", coinbaseWords(params)) : undefined
  },
}

function binanceWords(params: Record<string, unknown>, prefix: string): Words {
  const of = (name: string) => params[prefix === "" ? name : prefix + name[0].toUpperCase() + name.slice(1)]
  return {
    symbol: params.symbol,
    side: of("side"),
    id: prefix === "" ? params.newClientOrderId : of("clientOrderId"),
    quantity: of("quantity"),
    price: of("price") ?? of("stopPrice"),
    quote: params.quoteOrderQty,
  }
}

function bybitWords({
  symbol,
  side,
  orderLinkId,
  orderType,
  qty,
  price,
  triggerPrice,
  marketUnit,
}: Record<string, unknown>): Words {
  const words = { symbol, side, id: orderLinkId }
  const isInQuote = orderType === "Market" && side === "Buy" && marketUnit !== "baseCoin"
  return isInQuote ? { ...words, quote: qty } : { ...words, quantity: qty, price: price ?? triggerPrice }
}

function coinbaseWords({ product_id, side, client_order_id, order_configuration }: Record<string, unknown>): Words {
  const [terms = {}] = Object.values((order_configuration ?? {}) as Record<string, Record<string, unknown>>)
  const { base_size: quantity, quote_size: quote, limit_price, stop_price } = terms
  return { symbol: product_id, side, id: client_order_id, quantity, quote, price: limit_price ?? stop_price }
}

function amend({ symbol, orderId, orderLinkId, qty }: Record<string, unknown>): Asked {
  const order = wordOf(orderId) ?? wordOf(orderLinkId) ?? ""
  return { kind: "amend", market: String(symbol), order, quantity: wordOf(qty) }
}

function cancel(symbol: unknown): Asked {
  return { kind: "cancel", market: String(symbol) }
}

function order(kind: "create" | "replace", { symbol, side, id, quantity, price, quote }: Words): Asked {
  return {
    kind,
    market: String(symbol),
    side: String(side).toLowerCase() === "buy" ? "buy" : "sell",
    clientOrderId: wordOf(id) ?? "",
    quantity: wordOf(quantity),
    notional: notionalOf(quantity, price, quote),
  }
}

function notionalOf(quantity: unknown, price: unknown, quote: unknown): string | undefined {
  const [own, amount, each] = [wordOf(quote), wordOf(quantity), wordOf(price)]
  if (own !== undefined || amount === undefined || each === undefined) return own
  return productOf(amount, each)
}

/** A text or number as it is sent; nothing else names an order or an amount. */
function wordOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined
}
