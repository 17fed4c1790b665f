import { expect, test } from "vitest"
import type { StrategyFacts } from "./facts-job.ts"
import { factLines } from "./facts-words.ts"

const facts: StrategyFacts = {
  currency: "USDT",
  fromMs: 0,
  toMs: 0,
  tradeCount: 85,
  tradesPerMonth: 4.72,
  returnPercent: 25.9,
  holdingPercent: 38.5,
  maxDrawdownPercent: 30.8,
  phases: [
    { kind: "rising", outcome: "won", months: 7, ofMonths: 7, returnPercent: 6.24, holdingPercent: 11.1 },
    { kind: "flat", outcome: "lost", months: 1, ofMonths: 1, returnPercent: -0.5, holdingPercent: 1 },
    { kind: "falling", outcome: "lost", months: 2, ofMonths: 6, returnPercent: -3.1, holdingPercent: -9 },
    { kind: "falling", outcome: "aside", months: 4, ofMonths: 6, returnPercent: 0, holdingPercent: -7 },
  ],
  smallestCash: 5.873,
  minOrder: 5,
  parts: {
    seen: { returnPercent: 30, days: 382.4, tradeCount: 60 },
    unseen: { returnPercent: -3.2, days: 163.8, tradeCount: 1 },
  },
}
const wordsOf = (change: Partial<StrategyFacts> = {}) =>
  Object.fromEntries(
    factLines({ ...facts, ...change }).map(({ name, words }) => [name, words.replaceAll("\u202f", " ")]),
  )

test("what was counted is said in words: when it worked, when it failed, what it needs, how it did unseen", () => {
  expect(wordsOf()).toEqual({
    "Worked in": "7 rising months, +6.2 % each (holding +11.1 %).",
    "Failed in": "1 sideways month, −0.5 % each (holding +1.0 %); 2 of 6 falling months, −3.1 % each (holding −9.0 %).",
    "Stood aside in": "4 of 6 falling months (holding −7.0 % each).",
    Trades: "4.7 a month, 85 in all.",
    Needs: "About $5.90. With less, its smallest order falls below the $5.00 an exchange takes.",
    "Unseen part": "+30.0 % in the first 382 days, −3.2 % in the last 164 days with 1 trade.",
  })
})

test("where there is nothing to count nothing is made up", () => {
  expect(wordsOf({ tradeCount: 0 })).toEqual({ Trades: "None in this period, so there is nothing to say of it here." })
  expect(wordsOf({ parts: undefined })["Unseen part"]).toBe("The period is too short to be cut in two.")
  expect(wordsOf({ smallestCash: null }).Needs).toMatch(/fixed amount/)
  expect(wordsOf({ phases: facts.phases.slice(2) })["Worked in"]).toBe("No month here made money.")
  const quiet = wordsOf({ phases: facts.phases.filter(({ outcome }) => outcome !== "lost") })
  expect(quiet["Failed in"]).toBe("No month here lost money.")
  expect(wordsOf({ phases: facts.phases.slice(0, 1) })).not.toHaveProperty("Stood aside in")
})
