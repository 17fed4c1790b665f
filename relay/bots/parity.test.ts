import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import type { Trade } from "#engine/result"
import { differencesOf } from "./parity.ts"

const timeframeMs = MINUTE_MS
const trade: Trade = {
  market: "BTC/USDT",
  side: "long",
  quantity: 0.00082,
  entryTimeMs: 10 * MINUTE_MS,
  entryPrice: 59_900,
  exitTimeMs: 12 * MINUTE_MS,
  exitPrice: 60_000,
  exitReason: "signal",
  // The coins that were too small to sell are paid for in it.
  profit: -0.57,
  profitPercent: -1,
  feesPaid: 0.1,
  entryTag: "",
}
const earned = 100 * trade.quantity - trade.feesPaid

test("a trade that the bot missed costs what it would have earned, coins too small to sell apart", () => {
  const about = { market: trade.market, because: "the kill switch is on", decidedMs: trade.entryTimeMs }
  const refusals = [
    { seq: 1, botId: "b", accountId: "a", atMs: 1, kind: "refusal" as const, words: "nothing is bought", about },
  ]
  const [missed, ...others] = differencesOf({ live: [], again: [trade], refusals, timeframeMs })
  expect(others).toEqual([])
  expect(missed.because).toBe("the kill switch is on")
  expect(Number(missed.costQuote)).toBeCloseTo(earned, 9)
})

test("a trade that only the bot made counts the other way round, and one at the same prices is no difference", () => {
  const [extra] = differencesOf({ live: [trade], again: [], refusals: [], timeframeMs })
  expect(Number(extra.costQuote)).toBeCloseTo(-earned, 9)
  expect(differencesOf({ live: [trade], again: [trade], refusals: [], timeframeMs })).toEqual([])
})

test("the same trade at another price costs the difference of the prices, whatever was left over", () => {
  const dearer = { ...trade, entryPrice: 59_910, profit: -2 }
  const [priced] = differencesOf({ live: [dearer], again: [trade], refusals: [], timeframeMs })
  expect(priced.what).toMatch(/bought at 59910 instead of 59900/)
  expect(Number(priced.costQuote)).toBeCloseTo(10 * trade.quantity, 9)
})
