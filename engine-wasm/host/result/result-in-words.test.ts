import { expect, test } from "vitest"
import type { Metrics } from "./metrics.ts"
import { resultWords } from "./result-in-words.ts"
import type { TradeGroup } from "./trade-tables.ts"

const metrics = {
  tradeCount: 10,
  winCount: 4,
  averageWin: 0.5,
  averageLoss: -0.9,
  finalEquity: 94.65,
  feesPaid: 4,
  slippagePaid: 2,
  totalProfit: -5.35,
  profitBeforeCosts: 0.65,
  totalReturnPercent: -5.35,
  exposurePercent: 7.4,
  maxDrawdownPercent: 6,
} as Metrics
const exits = [
  { name: "stop", tradeCount: 6, profit: -6.1 },
  { name: "signal", tradeCount: 4, profit: 0.75 },
] as TradeGroup[]
const result = { metrics, cash: 100, currency: "USD", holdingFinal: 138.49, perExitReason: exits }

test("a loss is explained by its own numbers: trades, ways out, costs, the market", () => {
  const words = resultWords(result)
  expect(words).toContain("$100 would have become $94.65")
  expect(words).toContain("It won 4 of 10 trades; a usual win was $0.50, a usual loss $0.90.")
  expect(words).toContain(
    "Most was lost by stop loss: 6 trades, −$6.10 together. Most was won by signal: 4 trades, +$0.75 together.",
  )
  expect(words).toContain("Fees and slippage took $6.00: without them it would have made $0.65.")
  expect(words).toContain("Holding would have ended at $138.")
  expect(words).toContain("10 trades: from about 30 on")
})

test("what is not known is left out, and without a trade only that is said", () => {
  const few = { ...metrics, averageWin: null, profitBeforeCosts: null, tradeCount: 40 }
  expect(resultWords({ ...result, metrics: few, holdingFinal: undefined, perExitReason: [] })).toMatch(
    /^\$100 .*\nIt won 4 of 40 trades\.$/s,
  )
  expect(resultWords({ ...result, metrics: { ...metrics, tradeCount: 0 } })).toMatch(/^It never traded/)
})
