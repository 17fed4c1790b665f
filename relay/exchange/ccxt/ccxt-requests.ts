import type { CcxtClient } from "./ccxt-client.ts"
import type { MarketName, MarketTerms, ProtectedEntry, WantedOrder } from "../exchange.ts"
import type { Dialect } from "./venue-dialect.ts"

/** The prices and quantities of orders that go out in one request. */
export type Amounts = { market: MarketName; prices: string[]; quantities: string[] }

/**
 * A sentence when a price or quantity is off the exchange's grid, otherwise undefined. ccxt would silently truncate
 * the quantity and round the price.
 */
export function offGrid(client: CcxtClient, exchangeName: string, amounts: Amounts): string | undefined {
  const { market, prices, quantities } = amounts
  const price = prices.find((one) => !isKept(one, () => client.priceToPrecision(market, one)))
  if (price !== undefined) return `${price} is not a price ${exchangeName} takes for ${market}.`
  const quantity = quantities.find((one) => !isKept(one, () => client.amountToPrecision(market, one)))
  return quantity === undefined ? undefined : `${quantity} is not a quantity ${exchangeName} takes for ${market}.`
}

export function amountsOf(order: WantedOrder): Amounts {
  return { market: order.market, prices: pricesOf(order), quantities: [order.quantity] }
}

/** Of an entry and its exits. */
export function allAmountsOf({ entry, exitQuantity, stop, target }: ProtectedEntry, terms: MarketTerms): Amounts {
  const exitPrices = [stop.stopPrice, stop.price, target?.price].filter((price) => price !== undefined)
  const quantities = terms.can.protect === "received" ? [entry.quantity] : [entry.quantity, exitQuantity]
  return { market: entry.market, prices: [...pricesOf(entry), ...exitPrices], quantities }
}

function pricesOf(order: WantedOrder): string[] {
  if (order.kind === "market") return []
  if (order.kind === "stop") return [order.stopPrice]
  return order.kind === "stop-limit" ? [order.stopPrice, order.price] : [order.price]
}

/** Whether an amount survives rounding unchanged; below one step ccxt throws instead of returning 0. */
function isKept(amount: string, rounded: () => unknown): boolean {
  try {
    return Number(amount) > 0 && Number(rounded()) === Number(amount)
  } catch {
    return false
  }
}

/** An order in ccxt's form. */
export function requestFor(
  order: WantedOrder,
  dialect: Dialect,
): { type: string; price: string | undefined; params: Record<string, unknown> } {
  const params: Record<string, unknown> = dialect.idParams(order.clientOrderId)
  switch (order.kind) {
    case "market":
      return { type: "market", price: undefined, params }
    case "limit":
      return { type: "limit", price: order.price, params }
    case "fill-or-kill":
      return { type: "limit", price: order.price, params: { ...params, timeInForce: "FOK" } }
    case "limit-maker":
      return { type: "limit", price: order.price, params: { ...params, postOnly: true } }
    case "stop":
      return { type: "market", price: undefined, params: { ...params, stopLossPrice: order.stopPrice } }
    case "stop-limit":
      return { type: "limit", price: order.price, params: { ...params, stopLossPrice: order.stopPrice } }
  }
}
