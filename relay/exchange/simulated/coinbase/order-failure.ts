import { type Refusal, TooLarge } from "../refusal.ts"
import { OrderRefused } from "./refused.ts"

/** Why an order is not taken: the reason of the order, of its preview, and a sentence. */
export type OrderFailure = { error: string; preview: string; message: string }

const UNNAMED = "UNKNOWN_FAILURE_REASON"

/** The core's refusals (Binance's words) in Coinbase's; the first that fits. */
const table: [words: RegExp, error: string, preview: string, message: string][] = [
  [/insufficient balance/, "INSUFFICIENT_FUND", "PREVIEW_INSUFFICIENT_FUND", "Insufficient balance in source account"],
  [/Invalid symbol/, "INVALID_PRODUCT_ID", "PREVIEW_INVALID_PRODUCT_ID", "Invalid product_id"],
  [/Market is closed/, "ORDER_ENTRY_DISABLED", "PREVIEW_INVALID_NO_LIQUIDITY", "Order entry is disabled"],
  [
    /match and take/,
    "INVALID_LIMIT_PRICE_POST_ONLY",
    "PREVIEW_INVALID_LIMIT_PRICE_POST_ONLY",
    "Post only order would take",
  ],
  [/PERCENT_PRICE/, "INVALID_LIMIT_PRICE", "PREVIEW_BREACHED_PRICE_LIMIT", ""],
  [/PRICE_FILTER/, "INVALID_PRICE_PRECISION", "PREVIEW_INVALID_PRICE_PRECISION", "Too many decimals in order price"],
  [
    /'(price|stopPrice|attached\w+)' has too much/i,
    "INVALID_PRICE_PRECISION",
    "PREVIEW_INVALID_PRICE_PRECISION",
    "Too many decimals in order price",
  ],
  [
    /too much precision/,
    "INVALID_SIZE_PRECISION",
    "PREVIEW_INVALID_SIZE_PRECISION",
    "Too many decimals in order amount",
  ],
  [/MARKET_LOT_SIZE/, UNNAMED, "PREVIEW_INVALID_BASE_SIZE_TOO_LARGE", ""],
  [/LOT_SIZE/, "INVALID_SIZE_PRECISION", "PREVIEW_INVALID_SIZE_PRECISION", "Too many decimals in order amount"],
  [/NOTIONAL/, UNNAMED, "PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL", ""],
  [/MAX_POSITION/, UNNAMED, "PREVIEW_BREACHED_ACCOUNT_POSITION_LIMIT", ""],
  [/MAX_NUM/, "COMMANDER_REJECTED_NEW_ORDER", "UNKNOWN_PREVIEW_FAILURE_REASON", "Too many open orders"],
]

function tooLarge(size: "BASE" | "QUOTE"): OrderFailure {
  return { error: UNNAMED, preview: `PREVIEW_INVALID_${size}_SIZE_TOO_LARGE`, message: "" }
}

/** A refusal of an order in Coinbase's words. */
export function orderFailureOf(refusal: Refusal): OrderFailure {
  if (refusal instanceof OrderRefused)
    return { error: refusal.error, preview: refusal.preview, message: refusal.message }
  if (refusal instanceof TooLarge) return tooLarge(refusal.message.endsWith("LOT_SIZE") ? "BASE" : "QUOTE")
  const found = table.find(([words]) => words.test(refusal.message))
  if (!found) return { error: "INVALID_REQUEST", preview: "PREVIEW_INVALID_ORDER_CONFIG", message: refusal.message }
  const [, error, preview, message] = found
  return { error, preview, message }
}

/** An order that was not taken, or of which the exchange says so. */
export function refusedOrder({ error, preview, message }: OrderFailure, configuration: unknown) {
  const error_response = {
    error,
    message,
    error_details: "",
    preview_failure_reason: preview,
    new_order_failure_reason: error,
  }
  return { success: false, error_response, order_configuration: configuration }
}
