import { expect, test } from "vitest"
import type { Metrics, Trade } from "#engine/result"
import { feeWords, stopOutWords, type TradesOfRun } from "./trade-words.ts"

const trade = (changes: Partial<Trade>): Trade => ({
  market: "BTC/USDT",
  side: "long",
  quantity: 1,
  entryTimeMs: Date.UTC(2024, 2, 1, 8),
  entryPrice: 100,
  exitTimeMs: Date.UTC(2024, 2, 1, 14),
  exitPrice: 97,
  exitReason: "stop",
  profit: -3.2,
  profitPercent: -3.2,
  feesPaid: 0.2,
  entryTag: "",
  ...changes,
})

const run = (trades: Trade[], costs: Partial<Metrics> = {}): TradesOfRun => ({
  trades,
  metrics: costs as Metrics,
  market: { currency: "USDT", priceDecimals: 2 },
  job: { feePercent: 0.1, slippagePercent: 0.05 },
})

test("a question about stop-outs is answered by the last of them, the newest first", () => {
  const later = trade({ exitTimeMs: Date.UTC(2024, 2, 5, 9), exitPrice: 90, exitReason: "trailing", profit: 4 })
  const words = stopOutWords(run([trade({}), later, trade({ exitReason: "takeProfit", profit: 6 })]), "utc")
  expect(words).toMatch(/A stop ended 2 of 3 trades: \+\$0\.80 together/)
  const [, first, second] = words.split("\n")
  expect(first).toMatch(/the price fell 10\.0.% to 90.*where the trailing stop closed it on 5 Mar 2024/)
  expect(second).toMatch(/Bought BTC\/USDT on 1 Mar 2024, 08:00 at 100.*fell 3\.0.% to 97.*the stop loss closed it/)
})

test("where no stop ended a trade, that is said", () => {
  expect(stopOutWords(run([trade({ exitReason: "signal" })]), "utc")).toMatch(/^No stop ended a trade.*1 trade/)
})

test("the fee is that of the test, with what it came to", () => {
  const words = feeWords(run([trade({})], { feesPaid: 0.2, slippagePaid: 0.1 }))
  expect(words).toMatch(/fee of 0\.1 % of each purchase and each sale, and 0\.05 % of slippage/)
  expect(words).toMatch(/In 1 trade that came to \$0\.20 of fees/)
  expect(feeWords(run([]))).toContain("nothing was paid")
})
