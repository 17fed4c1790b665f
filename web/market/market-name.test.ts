import { expect, test } from "vitest"
import { marketNameFromFile, partsOfOneMarket, timeframeFromFile } from "./market-name.ts"

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

test.each([
  ["BTCUSDT-1m-2024-01.zip", "1m"],
  ["binance BTCUSDT 4h.csv.gz", "4h"],
  ["BTCUSDT-1mo-2024-01.zip", "1M"],
  ["BTCUSDT-1M-2024.csv", "1M"],
  ["candles.csv", undefined],
])("%s says %s", (file, timeframe) => {
  expect(timeframeFromFile(file)).toBe(timeframe)
})

test("an exchange's monthly files are parts of one market; other pairs, timeframes and undated files are not", () => {
  const named = (...names: string[]) => names.map((name) => ({ name }))
  const months = named(
    "BTCUSDT-1m-2024-02.zip",
    "ETHUSDT-1m-2024-01.zip",
    "BTCUSDT-1m-2024-01.zip",
    "BTCUSDT-1h-2024-01.zip",
    "BTCUSDT-1m-2024-03-01.csv",
    "kraken-BTCUSD-1h.csv",
    "kraken-ETHUSD-1h.csv",
  )
  expect(partsOfOneMarket(months)).toEqual([
    named("BTCUSDT-1m-2024-01.zip", "BTCUSDT-1m-2024-02.zip", "BTCUSDT-1m-2024-03-01.csv"),
  ])
})
