import type { MarketName, OrderStatus, PlacedOrder } from "../exchange.ts"
import { text } from "./number-text.ts"

const statuses: Record<string, OrderStatus> = {
  Filled: "filled",
  PartiallyFilledCanceled: "expired",
  Cancelled: "cancelled",
  Deactivated: "cancelled",
  Rejected: "rejected",
}

/** A row of Bybit's order lists. What is neither closed nor refused is open: New, PartiallyFilled, Untriggered, Triggered. */
export function orderFromBybit(row: Record<string, string>, market: MarketName): PlacedOrder {
  return {
    exchangeOrderId: row.orderId,
    clientOrderId: row.orderLinkId,
    market,
    side: row.side === "Buy" ? "buy" : "sell",
    status: statuses[row.orderStatus] ?? "open",
    quantity: text(row.qty),
    filledQuantity: text(row.cumExecQty),
    filledQuote: text(row.cumExecValue),
    updatedMs: Number(row.updatedTime),
    ...(Number(row.triggerPrice) > 0 && { stopPrice: text(row.triggerPrice) }),
  }
}
