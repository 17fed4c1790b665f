import type { CcxtClient } from "./ccxt-client.ts"
import type { ProtectedEntry, WantedOrder } from "../exchange.ts"
import type { Dialect } from "./venue-dialect.ts"

/**
 * A sentence when an order's price or quantity is off the exchange's grid, otherwise undefined. ccxt would silently
 * truncate the quantity and round the price.
 */
export function offGrid(client: CcxtClient, exchangeName: string, order: WantedOrder): string | undefined {
  for (const price of pricesOf(order))
    if (!isKept(price, () => client.priceToPrecision(order.market, price)))
      return `${price} is not a price ${exchangeName} takes for ${order.market}.`
  return isKept(order.quantity, () => client.amountToPrecision(order.market, order.quantity))
    ? undefined
    : `${order.quantity} is not a quantity ${exchangeName} takes for ${order.market}.`
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
    case "limit-maker":
      return { type: "limit", price: order.price, params: { ...params, postOnly: true } }
    case "stop":
      return { type: "market", price: undefined, params: { ...params, stopLossPrice: order.stopPrice } }
    case "stop-limit":
      return { type: "limit", price: order.price, params: { ...params, stopLossPrice: order.stopPrice } }
  }
}

/** Binance's order lists: the exits wait at the exchange until the entry is completely filled. */
export function protectedRequest(
  { entry, exitQuantity, stop, target }: ProtectedEntry,
  symbol: string,
): { path: string; params: Record<string, string> } {
  const exit = entry.side === "buy" ? "SELL" : "BUY"
  const working = {
    symbol,
    newOrderRespType: "RESULT",
    workingType: "LIMIT",
    workingTimeInForce: "GTC",
    workingSide: entry.side.toUpperCase(),
    workingPrice: entry.price,
    workingQuantity: entry.quantity,
    workingClientOrderId: entry.clientOrderId,
  }
  const pending = { pendingSide: exit, pendingQuantity: exitQuantity }
  if (!target)
    return {
      path: "privatePostOrderListOto",
      params: {
        ...working,
        ...pending,
        pendingType: "STOP_LOSS",
        pendingStopPrice: stop.stopPrice,
        pendingClientOrderId: stop.clientOrderId,
      },
    }
  const [profit, loss] = exit === "SELL" ? ["pendingAbove", "pendingBelow"] : ["pendingBelow", "pendingAbove"]
  const exits = {
    [`${profit}Type`]: "LIMIT_MAKER",
    [`${profit}Price`]: target.price,
    [`${profit}ClientOrderId`]: target.clientOrderId,
    [`${loss}Type`]: "STOP_LOSS",
    [`${loss}StopPrice`]: stop.stopPrice,
    [`${loss}ClientOrderId`]: stop.clientOrderId,
  }
  return { path: "privatePostOrderListOtoco", params: { ...working, ...pending, ...exits } }
}
