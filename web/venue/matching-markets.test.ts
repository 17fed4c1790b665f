import { expect, test } from "vitest"
import { matchingMarkets } from "./matching-markets.ts"

const market = (symbol: string) => ({
  symbol,
  id: symbol,
  base: symbol.split("/")[0],
  quote: symbol.split("/")[1],
  active: true,
})
const markets = ["ETH/BTC", "BTC/USDT", "WBTC/USDT", "SOL/USDT"].map(market)
const found = (query: string) => matchingMarkets(markets, query).map(({ symbol }) => symbol)

test("nothing typed leaves the list as the exchange's volumes order it", () => {
  expect(found("")).toEqual(["ETH/BTC", "BTC/USDT", "WBTC/USDT", "SOL/USDT"])
})

test("markets that begin with what was typed come before those that hold it", () => {
  expect(found("btc")).toEqual(["BTC/USDT", "ETH/BTC", "WBTC/USDT"])
})

test("slash, dash, space and case make no difference", () => {
  for (const query of ["btc/usdt", "BTCUSDT", "btc-usdt", " Btc usdT "]) expect(found(query)[0]).toBe("BTC/USDT")
})

test("an unknown name finds none", () => {
  expect(found("doge")).toEqual([])
})
