import fc from "fast-check"
import { expect, test } from "vitest"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import { MOST_VARIANTS, variantsOf, type RuleChoice } from "./rule-variants.ts"

function strategyOf(parts: object) {
  const read = strategyFromJson({ format: "candlewright.strategy/1", name: "Dip", timeframe: "1h", ...parts })
  if (!read.ok) throw new Error(read.problems[0].because)
  return read.strategy
}

const strategy = strategyOf({
  series: { trend: "ema(close, 200)" },
  long: {
    enter: { all: ["rsi(close, 14) < 30", "close > trend", "volume > 0"] },
    exit: { any: ["rsi(close, 14) > 70"] },
  },
})

function made(choices: RuleChoice[], of = strategy) {
  const variants = variantsOf(of, choices)
  if (!variants.ok) throw new Error(variants.problems[0].because)
  return variants
}

test("a condition is tried with and without, a formula with each that may stand in its place", () => {
  const { variants, leftOut } = made([
    { path: "long.enter.all[1]", off: true },
    { path: "series.trend", instead: ["sma(close, 200)", "wma(close, 200)"] },
  ])
  expect(leftOut).toEqual([])
  expect(variants.map(({ inWords }) => inWords)).toEqual([
    "as it is",
    "without `close > trend`",
    "`sma(close, 200)` instead of `ema(close, 200)`",
    "without `close > trend`, `sma(close, 200)` instead of `ema(close, 200)`",
    "`wma(close, 200)` instead of `ema(close, 200)`",
    "without `close > trend`, `wma(close, 200)` instead of `ema(close, 200)`",
  ])
  expect(variants[0].strategy).toEqual(strategy)
  expect(variants[3].strategy.series.trend).toBe("sma(close, 200)")
  expect(variants[3].strategy.long?.enter).toEqual({ all: ["rsi(close, 14) < 30", "volume > 0"] })
})

test("several conditions of a rule go at once, and the last one of an exit takes the exit with it", () => {
  const { variants } = made([
    { path: "long.enter.all[0]", off: true },
    { path: "long.enter.all[2]", off: true },
    { path: "long.exit.any[0]", off: true },
  ])
  expect(variants).toHaveLength(8)
  expect(variants[7].strategy.long).toEqual({ enter: { all: ["close > trend"] }, exit: null })
})

test("combinations that are no strategy are left out with the reason", () => {
  const every: RuleChoice[] = [0, 1, 2].map((at) => ({ path: `long.enter.all[${at}]`, off: true }))
  const { variants, leftOut } = made([...every, { path: "series.trend", instead: ["emma(close, 200)"] }])
  expect(variants).toHaveLength(7)
  expect(leftOut).toHaveLength(9)
  expect(leftOut[0].because).toBe("list at least one condition")
  expect(leftOut[1].because).toMatch(/there is no function `emma`/)
})

test("alike ones are tried once", () => {
  expect(
    made([{ path: "series.trend", instead: ["ema(close, 200)", "sma(close, 9)", "sma(close, 9)"] }]).variants,
  ).toHaveLength(2)
})

test("a strategy that needs columns of its candle file keeps its variants", () => {
  const signals = strategyOf({ long: { enter: { all: ["mood > 3", "close > open"] }, exit: null } })
  expect(made([{ path: "long.enter.all[1]", off: true }], signals).variants).toHaveLength(2)
})

test("what cannot be chosen is refused at its place", () => {
  const refusal = (choices: RuleChoice[], of = strategy) => {
    const variants = variantsOf(of, choices)
    return variants.ok ? undefined : variants.problems[0]
  }
  expect(refusal([{ path: "long.enter.all[7]", off: true }])?.because).toMatch(/no formula at .*long\.enter\.all\[2\]/)
  expect(refusal([{ path: "series.trend", off: true }])).toMatchObject({ path: "choices[0]" })
  expect(refusal([{ path: "series.trend", instead: [] }])?.because).toBe("name at least one formula")
  const many = Array.from({ length: MOST_VARIANTS }, (_, n) => `ema(close, ${n + 2})`)
  expect(refusal([{ path: "series.trend", instead: many }])?.because).toMatch(/65 strategies; try at most 64/)
})

test("whatever the choices, every variant is a whole valid strategy and all are counted", () => {
  const path = fc.constantFrom("long.enter.all[0]", "long.enter.all[1]", "long.exit.any[0]")
  const choice = fc.oneof(
    fc.record({ path, off: fc.constant<true>(true) }),
    fc.record({
      path,
      instead: fc.array(fc.constantFrom("close > 1", "open > close", "x ("), { minLength: 1, maxLength: 3 }),
    }),
  )
  fc.assert(
    fc.property(fc.array(choice, { maxLength: 4 }), (choices) => {
      const answer = variantsOf(strategy, choices)
      if (!answer.ok) return
      for (const variant of answer.variants)
        expect(strategyFromJson(variant.strategy)).toEqual({ ok: true, strategy: variant.strategy })
      expect(answer.variants[0].inWords).toBe("as it is")
      expect(answer.variants.length + answer.leftOut.length).toBeLessThanOrEqual(MOST_VARIANTS)
    }),
    { numRuns: 30 },
  )
})
