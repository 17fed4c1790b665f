import { expect, test } from "vitest"
import { isNotFound, silenceOf, verdictOn } from "./failure.ts"

const verdict = (message: string) => {
  const { because, ...more } = verdictOn(new Error(message), undefined)
  return because === "refused" && "reason" in more ? more.reason : because
}

test.each([
  ['binance {"code":-1016,"msg":"This service is no longer available."}', "unknown"],
  ['binance {"code":-1013,"msg":"Filter failure: MAX_NUM_ALGO_ORDERS"}', "too-many-stops"],
  ['binance {"code":-1013,"msg":"Filter failure: NOTIONAL"}', "rule"],
  // ccxt leaves the code out of these.
  ["binance Filter failure: PERCENT_PRICE_BY_SIDE", "too-far"],
  ["binance Filter failure: MAX_POSITION", "other"],
  ['binance 418 I\'m a teapot {"code":-1003,"msg":"Way too much request weight used; IP banned until 1."}', "banned"],
  ['bybit {"retCode":10016,"retMsg":"Server error."}', "unknown"],
  ['bybit {"retCode":170146,"retMsg":"Order creation timeout."}', "unknown"],
  ['coinbase {"success":false,"error_response":{"error":"UNKNOWN_FAILURE_REASON"}}', "unknown"],
  ['coinbase {"success":false,"error_response":{"error":"INSUFFICIENT_FUND"}}', "insufficient-balance"],
  ['coinbase {"success":false,"error_response":{"error":"INVALID_LIMIT_PRICE_POST_ONLY"}}', "would-trade-at-once"],
  [
    'coinbase {"success":false,"error_response":{"error":"X","preview_failure_reason":"PREVIEW_INVALID_BASE_SIZE_TOO_SMALL"}}',
    "rule",
  ],
  ['coinbase {"success":false,"error_response":{"error":"SOMETHING_NEW"}}', "other"],
  ['bybit {"retCode":170007,"retMsg":"Timeout waiting for response from backend server."}', "unknown"],
  ['bybit {"retCode":170193,"retMsg":"Buy order price cannot be higher than 1."}', "too-far"],
  ['bybit {"retCode":170121,"retMsg":"Invalid symbol."}', "unknown-market"],
  ['coinbase {"error":"INVALID_ARGUMENT","error_details":"size"}', "rule"],
  ['coinbase {"error":"RESOURCE_EXHAUSTED"}', "busy"],
  ['coinbase {"error":"INTERNAL"}', "unknown"],
])("%s proves of an order: %s", (message, expected) => expect(verdict(message)).toBe(expected))

test("an order that Coinbase does not know is not found, not unreachable", () => {
  expect(isNotFound(new Error('coinbase {"error":"NOT_FOUND","error_details":"order not found"}'))).toBe(true)
})

test.each([
  ["binance GET /account 503 Service Unavailable <html>", "maintenance"],
  ['binance {"code":-1016,"msg":"This service is no longer available."}', "maintenance"],
  ['binance {"code":-1007,"msg":"Timeout waiting for response from backend server."} 503', "no-answer"],
  ['binance {"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}', "clock"],
  ['coinbase {"errors":[{"id":"rate_limit_exceeded","message":"too many requests"}]}', "busy"],
  ["request timed out", "no-answer"],
])("a question that fails with %s: %s", (message, expected) =>
  expect(silenceOf(verdictOn(new Error(message), undefined))).toBe(expected),
)

test.each([
  ['binance {"code":-1013,"msg":"Filter failure: NOTIONAL"}', "Filter failure: NOTIONAL (code -1013)"],
  ['bybit {"retCode":170131,"retMsg":"Insufficient balance."}', "Insufficient balance. (code 170131)"],
  ['coinbase {"error":"INVALID_ARGUMENT","error_details":"size"}', "size"],
  ['coinbase {"error_response":{"error":"UNKNOWN_FAILURE_REASON","message":"try later"}}', "try later"],
  ["binance GET /account 503 Service Unavailable <html>", "it answered 503 (a web page instead of data)"],
  ['binance {"code":-1013,"ms', 'binance {"code":-1013,"ms'],
  [
    "binance GET https://api.binance.com/api/v3/account 502 Bad Gateway <html><head><title>502</title></head>",
    "it answered 502 (a web page instead of data)",
  ],
  ["coinbase <!DOCTYPE html><html><body>Sorry</body></html>", "it answered (a web page instead of data)"],
])("%s is told in the exchange's words: %s", (message, words) => {
  expect(verdictOn(new Error(message), undefined).message).toBe(words)
})
