import { describe, expect, test } from "vitest"
import { noTokens } from "../token-usage.ts"
import { ScriptedProvider } from "../testing/scripted-provider.ts"
import { firstPrices } from "./first-prices.ts"
import { dollarsText, microDollarsFrom } from "./money-text.ts"
import { costMicroDollars, type PriceRow, priceRowOf, worstMicroDollars } from "./price-row.ts"

const factsOf = (model: string, place: "hosted" | "ownServer" | "device" = "hosted") =>
  new ScriptedProvider([], { model, place }).facts
const rowOf = (model: string) => priceRowOf(factsOf(model), firstPrices)!
/** A Sunday, outside all dear hours. */
const quietMs = Date.UTC(2026, 10, 15, 12)

describe("what a call costs", () => {
  test.each([
    [
      "one strategy on the small tier is half a thousandth of a dollar",
      "gpt-6-luna",
      { uncached: 1_500, output: 700 },
      500,
    ],
    [
      "what comes from a cache costs its own price",
      "gpt-6.1-sol",
      { uncached: 1_000, cachedRead: 9_000, output: 0 },
      2_900,
    ],
    ["a fraction of a millionth is rounded up", "gpt-6-luna", { uncached: 1, output: 0 }, 1],
    ["nothing costs nothing", "gpt-6-luna", {}, 0],
    [
      "beyond its threshold the input is dearer, the output is not",
      "gpt-6-astra",
      { uncached: 300_000, output: 100 },
      6_005_000,
    ],
    ["at its threshold it is not yet", "gpt-6-astra", { uncached: 272_000, output: 0 }, 2_720_000],
    [
      "the cached part counts to the threshold",
      "claude-haiku-5-5",
      { uncached: 1, cachedRead: 100_000, output: 0 },
      5_001,
    ],
  ])("%s", (_, model, usage, cost) => {
    expect(costMicroDollars(rowOf(model), { ...noTokens, ...usage }, quietMs)).toBe(cost)
  })

  test.each([
    ["before its dear hours", Date.UTC(2026, 10, 16, 0, 59), 150],
    ["in them", Date.UTC(2026, 10, 16, 1), 300],
    ["after them", Date.UTC(2026, 10, 16, 4), 150],
    ["in the second ones", Date.UTC(2026, 10, 16, 9, 59), 300],
    ["at a weekend", Date.UTC(2026, 10, 14, 2), 150],
  ])("DeepSeek %s", (_, atMs, cost) => {
    expect(costMicroDollars(rowOf("deepseek-flash"), { ...noTokens, uncached: 1_000 }, atMs)).toBe(cost)
  })

  test("the worst case has no cache, the longest answer, and the dear hour that may come", () => {
    const shortly = Date.UTC(2026, 10, 16, 0, 30)
    expect(worstMicroDollars(rowOf("deepseek-flash"), { input: 1_000, output: 1_000, atMs: shortly })).toBe(1_500)
    const dearWrites: PriceRow = {
      model: "x",
      readOn: "",
      prices: { input: 1_000_000, cachedRead: 0, cachedWrite: 1_250_000, output: 0 },
    }
    expect(worstMicroDollars(dearWrites, { input: 1_000, output: 0, atMs: quietMs })).toBe(1_250)
  })

  test("sums stay whole numbers at any size", () => {
    const cost = costMicroDollars(
      rowOf("gpt-6-astra"),
      { ...noTokens, uncached: 100_000_000, output: 100_000_000 },
      quietMs,
    )
    expect(cost).toBe(7_000_000_000)
  })
})

describe("whose price it is", () => {
  test("a model on the device or an own server is free; a hosted one that nobody knows is not", () => {
    expect(priceRowOf(factsOf("whatever", "device"), firstPrices)?.prices.output).toBe(0)
    expect(priceRowOf(factsOf("whatever", "ownServer"), firstPrices)?.prices.output).toBe(0)
    expect(priceRowOf(factsOf("whatever"), firstPrices)).toBeUndefined()
  })

  test.each(["device", "ownServer", "hosted"] as const)("a price that a person entered counts, on %s too", (place) => {
    const prices = { input: 5_000_000, cachedRead: 5_000_000, cachedWrite: 5_000_000, output: 9_000_000 }
    const entered: PriceRow = { model: "whatever", readOn: "2026-11", prices }
    expect(priceRowOf(factsOf("whatever", place), [entered, ...firstPrices])).toBe(entered)
  })

  test("a company's price is not that of a model on an own server that only has its name", () => {
    expect(priceRowOf(factsOf("deepseek-flash", "ownServer"), firstPrices)?.prices.output).toBe(0)
  })

  test("a date behind the name does not matter, another model does", () => {
    expect(rowOf("gpt-6-luna-2026-10-01")?.model).toBe("gpt-6-luna")
    expect(rowOf("claude-opus-5-5-20261001")?.model).toBe("claude-opus-5-5")
    expect(rowOf("models/gpt-6-luna")?.model).toBe("gpt-6-luna")
    expect(rowOf("gpt-6-luna-turbo")).toBeUndefined()
  })

  test("every first row says when it was read", () => {
    expect(firstPrices.every(({ readOn }) => /^\d{4}-\d{2}$/.test(readOn))).toBe(true)
  })
})

test("money is shown without ever looking free, and read as people type it", () => {
  expect([null, 0, 1, 500, 12_345, 1_200_000].map(dollarsText)).toEqual([
    "price unknown",
    "$0",
    "$0.0001",
    "$0.0005",
    "$0.013",
    "$1.20",
  ])
  expect(["0.10", "$2", " 1,5 ", "", "free", "1e3", "0.0000001"].map(microDollarsFrom)).toEqual([
    100_000,
    2_000_000,
    1_500_000,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
