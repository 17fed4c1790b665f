import type { ProtectedEntry, WantedOrder } from "../exchange/exchange.ts"
import type { OwnOrder } from "../ledger/own-order.ts"

/** An order of ours as the exchange takes it. */
export function requestOf(order: OwnOrder): WantedOrder {
  const { clientOrderId, market, side, quantity } = order
  return { clientOrderId, market, side, quantity, ...termsOf(order) }
}

function termsOf({ kind, price = "", stopPrice = "" }: OwnOrder) {
  switch (kind) {
    case "market":
      return { kind }
    case "stop":
      return { kind, stopPrice }
    case "stop-limit":
      return { kind, stopPrice, price }
    default:
      return { kind, price }
  }
}

/** An entry and the stop that starts with it, as the exchange takes them together. */
export function protectedRequestOf(entry: OwnOrder, stop: OwnOrder): ProtectedEntry {
  return {
    clientListId: entry.listId!,
    entry: requestOf(entry) as ProtectedEntry["entry"],
    exitQuantity: stop.quantity,
    stop: { clientOrderId: stop.clientOrderId, stopPrice: stop.stopPrice!, ...(stop.price && { price: stop.price }) },
  }
}
