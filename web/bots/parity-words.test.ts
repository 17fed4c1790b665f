import { expect, test } from "vitest"
import type { Parity } from "./bot-history.ts"
import { agreementWords, decisionWords, totalCost } from "./parity-words.ts"

const clean: Parity = {
  identicalDecisions: true,
  isRepeatable: true,
  differences: [],
  trades: { live: 3, backtest: 3 },
  candles: 1_200,
  backtestEquity: [],
}
const differing = (...costs: string[]): Parity => ({
  ...clean,
  differences: costs.map((costQuote) => ({
    what: "bought at 2 instead of 1",
    because: "prices",
    cause: "price" as const,
    costQuote,
  })),
})
const words = (parity: Parity) => agreementWords(parity, "USDT").replaceAll("\u202f", " ")

test("a bot that trades as its backtest says so, with how much was compared", () => {
  expect(words(clean)).toBe("Live and backtest agree: 3 trades, each at the same moments and prices.")
  expect(words({ ...clean, trades: { live: 0, backtest: 0 } })).toBe(
    "Live and backtest agree: on 1,200 candles neither has ended a trade.",
  )
  expect(words({ ...clean, candles: 0, trades: { live: 0, backtest: 0 } })).toMatch(/not decided on a candle yet/)
})

test("differences are counted, and what they cost or earned is said in money", () => {
  expect(words(differing("0.5", "-0.2"))).toBe(
    "2 differences from the backtest over 1,200 candles: they cost $0.30 in all.",
  )
  expect(words(differing("-1"))).toBe("1 difference from the backtest over 1,200 candles: it earned $1.00 in all.")
  expect(words(differing("1", "-1"))).toMatch(/they cost nothing in all/)
  expect(totalCost(differing("0.5", "-0.2"))).toBeCloseTo(0.3, 9)
})

test("decisions that come out otherwise are no small thing, and what is safe is said", () => {
  expect(decisionWords(clean)).toMatch(/to the last bit/)
  expect(decisionWords({ ...clean, identicalDecisions: false })).toMatch(/^Not all of its decisions are the backtest’s/)
  expect(decisionWords({ ...clean, isRepeatable: false, identicalDecisions: false })).toMatch(
    /orders, fills and stops are as they are shown/,
  )
})
