import { expect, test } from "vitest"
import { DAY_MS } from "#engine/candles"
import type { SavedRun } from "../../db/saved-run.ts"
import { areLike, whereWords } from "./run-likeness.ts"

function run({ market = "DEMO/USD", data = "a", address = "", fromDay = 0, toDay = 30 } = {}) {
  const openTimeMs = [fromDay * DAY_MS, toDay * DAY_MS]
  return { market, address, hashes: { data }, detail: { curve: { openTimeMs } } } as unknown as SavedRun
}

test("runs are like where they had the same to trade: market and days, or candles and period asked for", () => {
  expect(areLike(run(), run())).toBe(true)
  expect(areLike(run(), run({ data: "mended" }))).toBe(true)
  expect(areLike(run(), run({ fromDay: 2 }))).toBe(true)
  expect(areLike(run(), run({ market: "ETH/USD", data: "b" }))).toBe(false)
  expect(areLike(run(), run({ toDay: 60, data: "more" }))).toBe(false)
  expect(areLike(run(), run({ address: "?unseen=20", toDay: 24 }))).toBe(false)
})

test("a run says its market and its days", () => {
  expect(whereWords(run(), "utc")).toBe("DEMO/USD, 1 Jan 1970 to 31 Jan 1970")
})
