import type { WrittenStrategy } from "#engine/strategy"
import { expect, test } from "vitest"
import { templateOf } from "../../run/template-of.ts"
import { candlesTried } from "./candles-tried.ts"
import { hasFixedNumbers } from "./fixed-numbers.ts"
import { leftOutWords, optionalConditions } from "./optional-conditions.ts"

const strategy: WrittenStrategy = {
  format: "candlewright.strategy/1",
  name: "Two conditions",
  timeframe: "1h",
  params: { low: { type: "int", value: 30, min: 5, max: 50 } },
  long: { enter: { all: ["rsi(close, 14) < low", "close > sma(close, 200)"] }, exit: { any: ["rsi(close, 14) > 70"] } },
}

test("a condition can be done without where another one stays", () => {
  const conditions = optionalConditions(strategy)
  expect(conditions.map(({ path }) => path)).toEqual(["long.enter.all[0]", "long.enter.all[1]"])
  expect(conditions[0].words).toContain("30")
})

test("a variant says in words what it does without", () => {
  const without = { ...strategy, long: { ...strategy.long!, enter: { all: ["rsi(close, 14) < low"] } } }
  expect(leftOutWords(strategy, without)).toEqual([optionalConditions(strategy)[1].words])
  expect(leftOutWords(strategy, strategy)).toEqual([])
})

test("numbers written into rules are noticed, and a strategy whose numbers all have names has none", () => {
  expect(hasFixedNumbers(strategy)).toBe(true)
  expect(hasFixedNumbers(templateOf("sma-cross")!.document)).toBe(false)
})

test("the candles of the period are counted, but for the part that stays locked away", () => {
  const market = { id: "m", name: "A/B", timeframeMs: 10, candleCount: 100, fromMs: 0, toMs: 990 }
  expect(candlesTried([market], {}, 20)).toBe(80)
  expect(candlesTried([market, market], { fromMs: 500 }, 0)).toBe(100)
  expect(candlesTried([market], { toMs: 250 }, 0)).toBe(25)
  expect(candlesTried([{ id: "n", name: "C/D", timeframeMs: 10 }], {}, 0)).toBe(0)
})
