import { expect, test } from "vitest"
import { effortWords, workOf } from "./effort.ts"
import { methodFor, objectiveProblem, planOf, usualSearch } from "./search-choice.ts"

test("a few thousand combinations are all tried, more are sampled, and a person may choose otherwise", () => {
  expect(methodFor(usualSearch, 2_000)).toBe("grid")
  expect(methodFor(usualSearch, 1e9)).toBe("tpe")
  expect(methodFor({ method: "random" }, 10)).toBe("random")
})

test("the usual plan looks for the Sharpe ratio and asks for thirty trades", () => {
  expect(planOf(usualSearch, 100)).toEqual({
    method: "grid",
    trials: 2_000,
    seed: 1,
    objectives: ["sharpe"],
    minTrades: 30,
  })
})

test("a second goal and a largest dip are part of the plan, the same goal twice is one", () => {
  const choice = { ...usualSearch, second: "maxDrawdownPercent", largestDipPercent: 25 }
  expect(planOf(choice, 100)).toMatchObject({ objectives: ["sharpe", "maxDrawdownPercent"], maxDrawdownPercent: 25 })
  expect(planOf({ ...usualSearch, second: "sharpe" }, 100).objectives).toEqual(["sharpe"])
})

test("an own goal is checked as it is written", () => {
  expect(objectiveProblem("sharpe - 0.1 * maxDrawdownPercent")).toBeUndefined()
  expect(objectiveProblem("sharp * 2")).toMatch(/did you mean `sharpe`/)
  expect(objectiveProblem("")).toBeTruthy()
})

test("a line says how much there is to do, how long it takes and how it is done", () => {
  const effort = {
    combinations: 2_025,
    trials: 2_025,
    candles: 10_512,
    method: "grid" as const,
    isAlone: false,
    seconds: 21,
  }
  expect(effortWords(effort)).toBe("2,025 combinations × 10,512 candles, about 20 s. Every one is tried (grid).")
  const sampled = { ...effort, combinations: 3.2e9, trials: 2_000, method: "tpe" as const, seconds: 200 }
  expect(effortWords(sampled)).toBe(
    "2,000 combinations of 3.2 billion × 10,512 candles, about 3 min. Most are chosen near those that did well (TPE).",
  )
  expect(effortWords({ ...effort, combinations: 1, trials: 1, seconds: 0.1 })).toBe(
    "1 combination × 10,512 candles, a moment. Every one is tried (grid).",
  )
})

test("more combinations are more work, and coin-flip markets take at most their share", () => {
  const [small, large] = [100, 100_000].map((trials) => workOf({ trials, candles: 10_000, isAlone: false }))
  expect(small).toBeCloseTo(100 * 10_000 * 206.5)
  expect(large).toBeCloseTo(100_000 * 10_000 * 7.5 + 2e9)
  expect(workOf({ trials: 1_000, candles: 10_000, isAlone: true })).toBeCloseTo(1_000 * 10_000 * 7.5 + 1e8)
})
