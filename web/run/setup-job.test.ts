import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { setupFromSearch } from "./run-setup.ts"
import { templates } from "./template-of.ts"
import { jobOf, possibleTimeframes, rulesPlaceOf, timeframeFor } from "./setup-job.ts"

const strategy = templates[0].document

test("a strategy of hours on daily candles is tested on days, since days hold no hours", () => {
  expect(timeframeFor("1h", [24 * HOUR_MS])).toBe("1d")
})

test("a strategy of hours on minute candles stays on hours", () => {
  expect(timeframeFor("1h", [60_000])).toBe("1h")
})

test("two-hour candles cannot be put together to three, nor four-hour candles to six", () => {
  expect(possibleTimeframes([4 * HOUR_MS])).toEqual(["4h", "8h", "12h", "1d", "1w"])
})

test("the last day of the period is part of it", () => {
  const job = jobOf(setupFromSearch({ to: "2024-01-31" }), strategy, [{ timeframeMs: HOUR_MS }], "utc")
  expect(job.toMs).toBe(Date.UTC(2024, 1, 1))
})

test("a test starts with about a hundred dollars, in what the market's prices are in", () => {
  const cashOn = (quote: string | undefined, cash?: string) =>
    jobOf(setupFromSearch({ cash }), strategy, [{ timeframeMs: HOUR_MS, quote }], "utc").cash
  expect([cashOn("USDT"), cashOn("EUR"), cashOn(undefined), cashOn("BTC"), cashOn("JPY")]).toEqual([
    100, 100, 100, 0.001, 15_000,
  ])
  expect(cashOn("BTC", "2")).toBe(2)
})

test("markets together are tested on candles that all of them can make", () => {
  expect(timeframeFor("1h", [60_000, 4 * HOUR_MS])).toBe("4h")
  expect(possibleTimeframes([2 * HOUR_MS, 3 * HOUR_MS])).toEqual(["6h", "12h", "1d", "1w"])
  expect(possibleTimeframes([7 * 60_000, HOUR_MS])).toEqual(["1w"])
})

test("the chart shows the market that was asked for, or the first", () => {
  const markets = [{ timeframeMs: HOUR_MS }, { timeframeMs: HOUR_MS }] as const
  const shownOf = (shown: string | undefined) =>
    jobOf(setupFromSearch({ market: "a", also: "b", shown }), strategy, markets, "utc").shown
  expect([shownOf(undefined), shownOf("a"), shownOf("b"), shownOf("gone")]).toEqual([0, 0, 1, 0])
})

test("rules run on columns that all the chosen markets have; of a market that is not here nothing is known", () => {
  const markets = [["funding", "oi"], ["oi"], undefined].map((extraNames) => ({ timeframeMs: HOUR_MS, extraNames }))
  const extraOn = (...chosen: ((typeof markets)[number] | undefined)[]) =>
    rulesPlaceOf(setupFromSearch({}), strategy, chosen).extra
  expect(extraOn(markets[0])).toEqual(["funding", "oi"])
  expect(extraOn(markets[0], markets[1])).toEqual(["oi"])
  expect(extraOn(markets[0], markets[2])).toEqual([])
  expect(extraOn(markets[0], undefined)).toBe("any")
})
