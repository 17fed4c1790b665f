import { expect, test } from "vitest"
import { marketNameFromFile } from "./market-name.ts"

test.each([
  ["binance-BTCUSDT-1h.csv.gz", "BTC/USDT"],
  ["BTCUSDT-1m-2024-01.zip", "BTC/USDT"],
  ["coinbase-BTC-USD-1d.csv", "BTC/USD"],
  ["eth_eur.csv", "ETH/EUR"],
  ["kraken SOLUSD 5m.csv", "SOL/USD"],
  ["my candles.csv", "my candles"],
  [".csv", "Unnamed"],
])("%s holds %s", (file, market) => {
  expect(marketNameFromFile(file)).toBe(market)
})
