import { expect, test } from "vitest"
import { currencyCode, pairOf, pairOfOld } from "./currency-pair.ts"

test("an exchange's symbol says what prices are in, whatever the market is called", () => {
  expect(pairOf({ symbol: "BTC/EUR", name: "My dollars/USD" })).toEqual({ base: "BTC", quote: "EUR" })
  expect(pairOf({ name: "BTC/USDT practice" })).toEqual({ base: "BTC", quote: "USDT" })
})

test("a name that says nothing leaves the currency unknown", () => {
  expect(pairOf({ name: "my candles" })).toEqual({})
})

test("a market kept by an earlier version has the pair of its first name, not of its title", () => {
  expect(pairOfOld({ id: "btc-eur-1h" })).toEqual({ base: "BTC", quote: "EUR" })
  expect(pairOfOld({ id: "btc-usdt-practice-1m-2", symbol: "BTC/USDT" })).toEqual({ base: "BTC", quote: "USDT" })
  expect(pairOfOld({ id: "my-candles-1h" })).toEqual({})
})

test("a currency is typed as people type", () => {
  expect(["usdt ", "eur", "", "U$", "a".repeat(11)].map(currencyCode)).toEqual([
    "USDT",
    "EUR",
    undefined,
    undefined,
    undefined,
  ])
})
