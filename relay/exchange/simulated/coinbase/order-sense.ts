import type { Decimal } from "../decimal.ts"
import { isConditional } from "../matching/order.ts"
import { isReached, triggersAbove } from "../matching/triggers.ts"
import type { SymbolRules } from "../market/symbol-rules.ts"
import type { NewOrder } from "../protocol/order-request.ts"
import type { Venue } from "../venue.ts"
import { OrderRefused } from "./refused.ts"

const UNNAMED = "UNKNOWN_FAILURE_REASON"

/**
 * Refuses sizes and prices that make no sense together, or with the market. The reasons are Coinbase's words; which of them it uses
 * for a bracket is not documented.
 */
export function checkSense(venue: Venue, order: NewOrder, attached: NewOrder | undefined): void {
  const { lastPrice, rules } = venue.market(order.symbol)
  checkSize(order, rules)
  if (order.goodTillMs !== undefined && order.goodTillMs <= venue.nowMs)
    throw new OrderRefused("INVALID_REQUEST", "PREVIEW_INVALID_ORDER_CONFIG", "end_time is in the past")
  if (isConditional(order.type)) checkStop(order, lastPrice)
  if (order.bracket) checkBracket(order, lastPrice)
  if (!attached) return
  if (order.side === "SELL" || !["LIMIT", "LIMIT_MAKER"].includes(order.type))
    throw new OrderRefused("UNSUPPORTED_ORDER_CONFIGURATION", "PREVIEW_INVALID_ORDER_CONFIG")
  checkBracket(attached, order.price)
}

function checkSize(
  { quantity, quoteQuantity }: NewOrder,
  { minQuantity, maxQuantity, minNotional, maxNotional }: SymbolRules,
): void {
  if (quoteQuantity > 0n && quoteQuantity < minNotional)
    throw new OrderRefused(UNNAMED, "PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL")
  if (quoteQuantity > maxNotional) throw new OrderRefused(UNNAMED, "PREVIEW_INVALID_QUOTE_SIZE_TOO_LARGE")
  if (quoteQuantity > 0n) return
  if (quantity < minQuantity) throw new OrderRefused(UNNAMED, "PREVIEW_INVALID_BASE_SIZE_TOO_SMALL")
  if (quantity > maxQuantity) throw new OrderRefused(UNNAMED, "PREVIEW_INVALID_BASE_SIZE_TOO_LARGE")
}

function checkStop(order: NewOrder, lastPrice: Decimal): void {
  const waitsAbove = triggersAbove(order)
  if (isReached(order, lastPrice))
    throw new OrderRefused(UNNAMED, `PREVIEW_STOP_PRICE_${waitsAbove ? "BELOW" : "ABOVE"}_LAST_TRADE_PRICE`)
  if (!order.type.startsWith("STOP_LOSS")) return
  if (order.side === "SELL" && order.price > order.stopPrice)
    throw new OrderRefused(UNNAMED, "PREVIEW_STOP_PRICE_BELOW_LIMIT_PRICE")
  if (order.side === "BUY" && order.price < order.stopPrice)
    throw new OrderRefused(UNNAMED, "PREVIEW_STOP_PRICE_ABOVE_LIMIT_PRICE")
}

/** A bracket's target and stop are on either side of a price: the market's, or its entry's. */
function checkBracket({ side, price, stopPrice }: NewOrder, around: Decimal): void {
  const isBeyond = side === "SELL" ? price > around : price < around
  const isBehind = side === "SELL" ? stopPrice < around : stopPrice > around
  if (!isBeyond) throw new OrderRefused(UNNAMED, "PREVIEW_BRACKET_LIMIT_PRICE_OUT_OF_BOUNDS")
  if (!isBehind) throw new OrderRefused(UNNAMED, "PREVIEW_STOP_TRIGGER_PRICE_OUT_OF_BOUNDS")
}
