import { expect, test } from "vitest"
import { isPublicPath } from "./public-path.ts"
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
  for (const [id, path] of fine) expect(isPublicPath(id, path), path).toBe(true)
  for (const [id, path] of secret) expect(isPublicPath(id, path), path).toBe(false)
})
