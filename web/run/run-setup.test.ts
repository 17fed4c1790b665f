import fc from "fast-check"
import { expect, test } from "vitest"
import { DAY_MS } from "#engine/candles"
import { defaultSetup, fillModes, MOST_MARKETS, type RunSetup, searchFromSetup, setupFromSearch } from "./run-setup.ts"
import { venueIds } from "./venue-terms.ts"

test("an address without anything is the usual setup", () => {
  expect(setupFromSearch({})).toEqual({ ...defaultSetup, fromMs: undefined, toMs: undefined })
})

test("the usual setup leaves the address empty", () => {
  expect(Object.values(searchFromSetup(defaultSetup)).filter(Boolean)).toEqual([])
})

test("an address holds market, strategy, sliders, money and period", () => {
  expect(
    setupFromSearch({
      market: "btc-usdt-1h",
      also: "eth-usdt-1h,btc-usdt-1h,sol-usdt-1h,eth-usdt-1h",
      shown: "sol-usdt-1h",
      leverage: "3",
      strategy: "sma-cross",
      params: "fast:10,slow:50,useTrend:false",
      cash: "100",
      fee: "0.2",
      slippage: "0.05",
      delay: "2",
      fills: "freqtrade",
      venue: "bybit",
      unseen: "30",
      from: "2024-01-01",
      to: "2024-06-30",
    }),
  ).toEqual({
    market: "btc-usdt-1h",
    also: ["eth-usdt-1h", "sol-usdt-1h"],
    shown: "sol-usdt-1h",
    leverage: 3,
    strategy: "sma-cross",
    params: { fast: 10, slow: 50, useTrend: false },
    cash: 100,
    feePercent: 0.2,
    slippagePercent: 0.05,
    delayCandles: 2,
    fills: "freqtrade",
    venue: "bybit",
    unseenPercent: 30,
    fromMs: Date.UTC(2024, 0, 1),
    toMs: Date.UTC(2024, 6, 1),
  })
})

test("the midnights of another clock are kept to the minute, so that a shared link is the same test", () => {
  const kolkata = { ...defaultSetup, fromMs: Date.UTC(2023, 11, 31, 18, 30), toMs: Date.UTC(2024, 0, 31, 18, 30) }
  expect(searchFromSetup(kolkata)).toMatchObject({ from: "2023-12-31T18:30Z", to: "2024-01-31T18:30Z" })
  expect(setupFromSearch(searchFromSetup(kolkata))).toEqual(kolkata)
})

test("nonsense in the address counts as not said", () => {
  expect(
    setupFromSearch({
      cash: "-5",
      fee: "lots",
      slippage: "",
      delay: "1.5",
      fills: "best",
      venue: "moon",
      unseen: "99",
      from: "2024-02-31",
      params: "fast:many,:3",
    }),
  ).toEqual({ ...defaultSetup, fromMs: undefined, toMs: undefined })
})

test("every setup comes back from the address it is written into", () => {
  const day = fc.option(
    fc.oneof(
      fc.integer({ min: 1, max: 30_000 }).map((days) => days * DAY_MS),
      fc.integer({ min: 0, max: 30_000 * DAY_MS }),
    ),
    { nil: undefined },
  )
  const setups: fc.Arbitrary<RunSetup> = fc.record({
    market: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
    also: fc.uniqueArray(fc.stringMatching(/^[A-Z]{1,20}$/), { maxLength: MOST_MARKETS - 1 }),
    shown: fc.option(fc.stringMatching(/^[a-z0-9-]{1,20}$/), { nil: undefined }),
    leverage: fc.double({ min: 1, max: 125, noNaN: true }),
    strategy: fc.stringMatching(/^[a-z-]{1,20}$/),
    params: fc.dictionary(
      fc.stringMatching(/^[A-Za-z]\w{0,9}$/).filter((name) => name !== "__proto__"),
      fc.oneof(
        fc.boolean(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      ),
    ),
    cash: fc.option(fc.double({ min: 0.001, max: 1e9, noNaN: true }), { nil: undefined }),
    feePercent: fc.double({ min: 0, max: 5, noNaN: true }).map((value) => value + 0),
    slippagePercent: fc.double({ min: 0, max: 5, noNaN: true }).map((value) => value + 0),
    delayCandles: fc.integer({ min: 0, max: 1000 }),
    fills: fc.constantFrom(...fillModes),
    venue: fc.option(fc.constantFrom(...venueIds), { nil: undefined }),
    unseenPercent: fc.double({ min: 0, max: 80, noNaN: true }).map((value) => value + 0),
    fromMs: day,
    toMs: day,
  })
  fc.assert(
    fc.property(setups, (setup) => {
      expect(setupFromSearch(searchFromSetup(setup))).toEqual({ ...setup, params: { ...setup.params } })
    }),
  )
})
