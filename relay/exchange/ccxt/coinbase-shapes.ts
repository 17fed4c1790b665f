import type { MarketName, OrderStatus, PlacedOrder } from "../exchange.ts"
import { text, type Text } from "./number-text.ts"

const statuses: Record<string, OrderStatus> = {
  FILLED: "filled",
  CANCELLED: "cancelled",
  EXPIRED: "expired",
  FAILED: "rejected",
}

type Row = Record<string, unknown>

/** An order of Coinbase's order list, of any kind. */
export function orderFromCoinbase(row: Row, market: MarketName): PlacedOrder {
  return {
    exchangeOrderId: String(row.order_id),
    clientOrderId: String(row.client_order_id),
    market,
    side: row.side === "BUY" ? "buy" : "sell",
    status: statuses[String(row.status)] ?? "open",
    quantity: sizeIn(row),
    filledQuantity: text(row.filled_size as Text),
    filledQuote: text(row.filled_value as Text),
    updatedMs: Date.parse(String(row.last_fill_time ?? row.created_time)) || 0,
  }
}

/** Base units ordered, whatever the kind is called; ccxt knows no brackets. */
export function sizeIn({ order_configuration }: Row): string {
  const [terms] = Object.values((order_configuration ?? {}) as Record<string, { base_size?: string }>)
  return text(terms?.base_size)
}
