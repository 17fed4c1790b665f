import type { RefusalReason } from "./exchange.ts"

// Codes that prove that the exchange has not taken an order. What is not here proves nothing.

/**
 * -1006, -1007, -1008 and everything without a code prove nothing.
 * Source: https://developers.binance.com/docs/binance-spot-api-docs/errors
 */
export const binanceReasons: Readonly<Record<number, RefusalReason>> = {
  [-1003]: "busy",
  [-1015]: "busy",
  [-1013]: "rule",
  [-1021]: "clock",
  [-1022]: "key",
  [-1111]: "rule",
  [-1121]: "unknown-market",
  [-2010]: "other",
  [-2014]: "key",
  [-2015]: "key",
}

/**
 * Left out on purpose, since the order may be there: 10000 and 10016 (its servers), 170001, 170007, 170032, 170234
 * (its backend), 170146 and 170147 (it timed out, although ccxt calls that a refusal), 170149 and 170150.
 * Source: https://bybit-exchange.github.io/docs/v5/error
 */
export const bybitReasons: Readonly<Record<number, RefusalReason>> = {
  10001: "rule",
  10002: "clock",
  10003: "key",
  10004: "key",
  10005: "key",
  10006: "busy",
  10007: "key",
  10008: "key",
  10009: "banned",
  10010: "key",
  10018: "busy",
  10027: "key",
  10028: "unsupported",
  170005: "busy",
  170033: "insufficient-balance",
  170105: "rule",
  170115: "rule",
  170116: "rule",
  170117: "rule",
  170121: "unknown-market",
  170124: "rule",
  170130: "rule",
  170131: "insufficient-balance",
  170132: "too-far",
  170133: "too-far",
  170134: "rule",
  170135: "rule",
  170136: "rule",
  170137: "rule",
  170140: "rule",
  170141: "duplicate-id",
  170148: "rule",
  170151: "market-closed",
  170157: "market-closed",
  170192: "too-far",
  170193: "too-far",
  170194: "too-far",
  170201: "key",
  170202: "rule",
  170203: "would-trigger-at-once",
  170204: "would-trigger-at-once",
  170206: "would-trigger-at-once",
  170209: "unsupported",
  170210: "other",
  170217: "rule",
  170218: "would-trade-at-once",
  170222: "busy",
  170227: "unsupported",
  170371: "too-far",
  170372: "too-far",
  110009: "too-many-stops",
  110020: "too-many-orders",
}

/** No such order, or none that is open any more: only asking for it tells what became of it. */
export const notFoundCodes: ReadonlySet<number> = new Set([
  -2011, -2013, -2018, 110001, 110008, 110010, 170139, 170142, 170143, 170190, 170213,
])

/** Requests that Coinbase refuses as such, before any order. */
export const coinbaseErrors: Readonly<Record<string, RefusalReason>> = {
  INVALID_ARGUMENT: "rule",
  UNAUTHENTICATED: "key",
  UNAUTHORIZED: "key",
  PERMISSION_DENIED: "key",
  RESOURCE_EXHAUSTED: "busy",
  RATE_LIMIT_EXCEEDED: "busy",
  NOT_FOUND: "unknown-market",
}

/**
 * Orders that Coinbase refuses. Any other name that it gives one is a refusal too, but UNKNOWN_FAILURE_REASON.
 * Source: https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api/orders/create-order
 */
export const coinbaseOrderErrors: Readonly<Record<string, RefusalReason>> = {
  INSUFFICIENT_FUND: "insufficient-balance",
  INVALID_SIDE: "rule",
  UNSUPPORTED_ORDER_CONFIGURATION: "unsupported",
  INVALID_PRODUCT_ID: "unknown-market",
  INVALID_SIZE_PRECISION: "rule",
  INVALID_PRICE_PRECISION: "rule",
  INVALID_LIMIT_PRICE_POST_ONLY: "would-trade-at-once",
  INVALID_LIMIT_PRICE: "rule",
  INVALID_NO_LIQUIDITY: "other",
  INVALID_REQUEST: "rule",
  INVALID_ORDER_CONFIG: "rule",
  INVALID_STOP_PRICE: "would-trigger-at-once",
  PREVIEW_INSUFFICIENT_FUND: "insufficient-balance",
  PREVIEW_INVALID_PRICE_PRECISION: "rule",
  PREVIEW_INVALID_SIZE_PRECISION: "rule",
  PREVIEW_INVALID_BASE_SIZE_TOO_SMALL: "rule",
  PREVIEW_INVALID_BASE_SIZE_TOO_LARGE: "rule",
  PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL: "rule",
  PREVIEW_INVALID_QUOTE_SIZE_TOO_LARGE: "rule",
  PREVIEW_INVALID_LIMIT_PRICE: "rule",
  PREVIEW_LIMIT_PRICE_TOO_FAR_FROM_MARKET: "too-far",
  PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE: "would-trigger-at-once",
  PREVIEW_STOP_PRICE_BELOW_LAST_TRADE_PRICE: "would-trigger-at-once",
  PREVIEW_STOP_TRIGGER_PRICE_ABOVE_LAST_TRADE_PRICE: "would-trigger-at-once",
}
