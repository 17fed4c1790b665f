import type { MarketTerms, OrderName, PlacedOrder, ProtectedEntry, WantedOrder } from "../exchange.ts"
import { orderFromBinance } from "./ccxt-shapes.ts"
import type { Protection } from "./protection.ts"

// Requests for which ccxt has no method, or one that cannot do stops.

/** Cancels an order and, only if that succeeds, places another. */
export function replaceRequest(old: OrderName, order: WantedOrder, symbol: string): Record<string, string> {
  const { exchangeOrderId, clientOrderId = "" } = old
  return {
    symbol,
    cancelReplaceMode: "STOP_ON_FAILURE",
    newOrderRespType: "RESULT",
    side: order.side.toUpperCase(),
    quantity: order.quantity,
    newClientOrderId: order.clientOrderId,
    ...termsOf(order),
    ...(exchangeOrderId === undefined
      ? { cancelOrigClientOrderId: clientOrderId }
      : { cancelOrderId: exchangeOrderId }),
  }
}

function termsOf(order: WantedOrder): Record<string, string> {
  switch (order.kind) {
    case "market":
      return { type: "MARKET" }
    case "limit":
      return { type: "LIMIT", timeInForce: "GTC", price: order.price }
    case "fill-or-kill":
      return { type: "LIMIT", timeInForce: "FOK", price: order.price }
    case "limit-maker":
      return { type: "LIMIT_MAKER", price: order.price }
    case "stop":
      return { type: "STOP_LOSS", stopPrice: order.stopPrice }
    case "stop-limit":
      return { type: "STOP_LOSS_LIMIT", timeInForce: "GTC", stopPrice: order.stopPrice, price: order.price }
  }
}

/** Binance's order lists: the exits wait at the exchange until the entry is completely filled. */
export const binanceProtection: Protection = {
  request: protectedRequest,
  placed(answer, wanted) {
    const { orderReports } = answer as { orderReports: Record<string, string>[] }
    return inTheirOrder(
      wanted,
      orderReports.map((report) => orderFromBinance(report, wanted.entry.market)),
    )
  },
  exit: undefined,
}

/** The entry, then its exits as they were wanted: the exchange writes them as it likes. */
function inTheirOrder({ entry, stop, target }: ProtectedEntry, orders: PlacedOrder[]): PlacedOrder[] {
  const ids = [entry.clientOrderId, target?.clientOrderId, stop.clientOrderId]
  return orders.sort((one, other) => ids.indexOf(one.clientOrderId) - ids.indexOf(other.clientOrderId))
}

function protectedRequest(
  wanted: ProtectedEntry,
  symbol: string,
  { can: { protect } }: MarketTerms,
): { path: string; params: Record<string, string> } {
  const { clientListId, entry, exitQuantity, target } = wanted
  const isPaid = protect === "received" && entry.side === "buy"
  const working = {
    symbol,
    listClientOrderId: clientListId,
    newOrderRespType: "RESULT",
    workingType: "LIMIT",
    workingTimeInForce: entry.kind === "limit" ? "GTC" : "FOK",
    workingSide: entry.side.toUpperCase(),
    workingPrice: entry.price,
    workingQuantity: entry.quantity,
    workingClientOrderId: entry.clientOrderId,
    pendingSide: entry.side === "buy" ? "SELL" : "BUY",
    ...(isPaid ? {} : { pendingQuantity: exitQuantity }),
  }
  const name = `privatePostOrderList${isPaid ? "Opo" : "Oto"}${target ? "co" : ""}`
  return { path: name, params: { ...working, ...exitParams(wanted) } }
}

/** The stop and, where there is one, the target: above the market for a sale, below it for a buy. */
function exitParams({ entry, stop, target }: ProtectedEntry): Record<string, string> {
  if (!target) return stopParams("pending", stop)
  const [profit, loss] = entry.side === "buy" ? ["pendingAbove", "pendingBelow"] : ["pendingBelow", "pendingAbove"]
  return {
    [`${profit}Type`]: "LIMIT_MAKER",
    [`${profit}Price`]: target.price,
    [`${profit}ClientOrderId`]: target.clientOrderId,
    ...stopParams(loss, stop),
  }
}

function stopParams(
  prefix: string,
  { clientOrderId, stopPrice, price }: ProtectedEntry["stop"],
): Record<string, string> {
  return {
    [`${prefix}Type`]: price === undefined ? "STOP_LOSS" : "STOP_LOSS_LIMIT",
    [`${prefix}StopPrice`]: stopPrice,
    [`${prefix}ClientOrderId`]: clientOrderId,
    ...(price === undefined ? {} : { [`${prefix}Price`]: price, [`${prefix}TimeInForce`]: "GTC" }),
  }
}
