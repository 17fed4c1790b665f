import type { MarketTerms, OrderName, PlacedOrder, ProtectedEntry, StopTerms } from "../exchange.ts"

/** Asks an exchange by ccxt's name of the request. */
export type AskVenue = (method: string, params: Record<string, unknown>) => Promise<unknown>

/** An entry as it is, and which of its exits is looked for. */
export type WantedExit = {
  marketId: string
  entry: PlacedOrder
  exitPrice: string
  /** Exits of other entries, by number. */
  others: readonly string[]
}

/** How an exchange takes an entry and its exits in one request. */
export type Protection = {
  request(wanted: ProtectedEntry, marketId: string, terms: MarketTerms): { path: string; params: object }
  /** The orders in its answer, the entry first; those without a number are left out. */
  placed(answer: unknown, wanted: ProtectedEntry): PlacedOrder[]
  /** Finds the row of an exit that the exchange named itself; undefined where exits carry our ids. */
  exit: ((ask: AskVenue, wanted: WantedExit) => Promise<object | undefined>) | undefined
}

/** How a stop that waits is moved. */
export type Amendment = {
  path: string
  params(stop: OrderName, to: StopTerms, marketId: string): Record<string, string>
}

/** An order of which an exchange has said no more than its number. */
export function acknowledged(
  order: Pick<PlacedOrder, "clientOrderId" | "market" | "side" | "quantity">,
  exchangeOrderId: string,
): PlacedOrder {
  const { clientOrderId, market, side, quantity } = order
  return {
    exchangeOrderId,
    clientOrderId,
    market,
    side,
    quantity,
    status: "open",
    filledQuantity: "0",
    filledQuote: "0",
    updatedMs: 0,
  }
}

/** An exit as its entry says: it waits, or, where the entry has ended without it or long ago, never comes. */
export function unnumberedExit({ clientOrderId = "" }: OrderName, entry: PlacedOrder, isOverdue: boolean): PlacedOrder {
  const side = entry.side === "buy" ? "sell" : "buy"
  const isComing = entry.status === "open" || (entry.status === "filled" && !isOverdue)
  return { ...acknowledged({ ...entry, clientOrderId, side }, ""), status: isComing ? "waiting" : "expired" }
}
