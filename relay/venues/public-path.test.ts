import { expect, test } from "vitest"
import { isPublicData, isPublicStream } from "./public-path.ts"
import type { RealVenueId } from "./venue.ts"

test("each exchange's public paths pass, its private ones do not", () => {
  const fine: [RealVenueId, string][] = [
    ["binance", "/api/v3/ticker/24hr"],
    ["binance", "/api/v3/exchangeInfo"],
    ["bybit", "/v5/market/kline"],
    ["bybit", "/v5/market/instruments-info"],
    ["coinbase", "/v2/time"],
    ["coinbase", "/v2/currencies/crypto"],
    ["coinbase", "/api/v3/brokerage/market/products"],
    ["coinbase", "/api/v3/brokerage/market/products/BTC-USD/candles"],
  ]
  const secret: [RealVenueId, string][] = [
    ["binance", "/api/v3/myTrades"],
    ["bybit", "/v5/order/create"],
    ["bybit", "/v5/market/kline/x"],
    ["bybit", "/v5/account/info"],
    ["coinbase", "/v2/accounts"],
    ["coinbase", "/api/v3/brokerage/orders"],
    ["coinbase", "/api/v3/brokerage/market/products/../orders"],
    ["coinbase", "/api/v3/brokerage/transaction_summary"],
  ]
  for (const [id, path] of fine) expect(isPublicData(id, path, ""), path).toBe(true)
  for (const [id, path] of secret) expect(isPublicData(id, path, ""), path).toBe(false)
})

test("streams are named in their address, and nothing hides in the names", () => {
  const fine = [
    "",
    "?streams=",
    "?streams=btcusdt@trade",
    "?streams=btcusdt@kline_1m/ethusdt@miniTicker&timeUnit=MICROSECOND",
    "?streams=btcusdt%40trade%2Fethusdt%40trade",
  ]
  for (const query of fine) expect(isPublicStream("binance", "/stream", query), query).toBe(true)
  const not = [
    "?streams=%25zz",
    "?streams=%zz",
    "?streams=btcusdt@trade%0a",
    "?streams=a&listenKey=x",
    "?",
    `?streams=${"a".repeat(5_000)}`,
  ]
  for (const query of not) expect(isPublicStream("binance", "/stream", query), query).toBe(false)
  for (const path of [
    "/ws/%zz",
    "/ws/%25zz",
    "/ws-api/v3",
    "/ws/../x",
    "/ws/..",
    "/ws/./x",
    "/ws/...",
    "/ws/a/../../x",
    "/private",
  ])
    expect(isPublicStream("binance", path, ""), path).toBe(false)
  expect(isPublicStream("bybit", "/v5/public/spot", "?x=1")).toBe(false)
})
