import fc from "fast-check"
import {
  type StrategyDocument,
  strategySchema,
  type WrittenStrategy,
} from "../host/strategy/document/strategy-document.ts"

const names = ["fast", "slow", "dip", "trend"]
const percent = fc.integer({ min: 1, max: 990 }).map((n) => n / 10)
const amount = fc.oneof(percent, fc.constantFrom("fast", "slow"))
const formula = fc
  .tuple(fc.constantFrom("close > sma(close, ", "rsi(close, 14) < ", "volume > "), fc.integer({ min: 1, max: 60 }))
  .map(([start, n]) => `${start}${n}${start.includes("sma") ? ")" : ""}`)
const conditions = fc.array(formula, { minLength: 1, maxLength: 4 })
const rule = fc.oneof(
  conditions.map((all) => ({ all })),
  conditions.map((any) => ({ any })),
)
const side = fc.option(fc.record({ enter: rule, exit: fc.option(rule) }))
const label = fc.option(fc.constantFrom("Dip 😀", "الأدنى", "Buy below", "a\u200bb"), { nil: undefined })
const ends = fc.record({
  label,
  value: fc.integer({ min: 3, max: 9 }),
  min: fc.integer({ min: 0, max: 3 }),
  max: fc.integer({ min: 9, max: 12 }),
  step: fc.integer({ min: 1, max: 3 }),
})
const param = fc.oneof(
  ends.map((of) => ({ type: "int" as const, ...of })),
  ends.map((of) => ({ type: "number" as const, ...of, value: of.value + 0.123456789012 })),
  fc.record({ type: fc.constant("bool" as const), label, value: fc.boolean() }),
)

/** A few of the names, in any order, each with something. */
function named<Value>(value: fc.Arbitrary<Value>) {
  return fc
    .shuffledSubarray(names)
    .chain((some) => fc.tuple(...some.map((name) => value.map((each) => [name, each] as const))))
    .map((entries) => Object.fromEntries(entries))
}

const stopLoss = fc.oneof(
  fc.record({ kind: fc.constant("percent" as const), percent: amount }),
  fc.record({ kind: fc.constant("atr" as const), length: fc.integer({ min: 1, max: 50 }), multiple: amount }),
  fc.record({ kind: fc.constant("price" as const), formula }),
  fc.constant({ kind: "none" as const }),
)
const share = fc.integer({ min: 1, max: 4 }).map((n) => n / 4)
const target = fc.oneof(fc.record({ percent: amount, share }), fc.record({ formula, share }))
const trailing = fc.oneof(
  fc.record({ percent: amount, armAtPercent: amount }),
  fc.record({ percent: amount, armAtPercent: amount, beforeArmPercent: amount }),
)
const size = fc.oneof(
  fc.record({ kind: fc.constant("risk" as const), percent: amount, maxPositionPercent: amount }),
  fc.record({ kind: fc.constant("equity" as const), percent: amount }),
  fc.record({ kind: fc.constant("quote" as const), amount }),
)
const entry = fc.oneof(
  fc.constant({ kind: "market" as const }),
  fc.record({
    kind: fc.constant("limit" as const),
    offsetPercent: amount,
    expireCandles: fc.integer({ min: 1, max: 9 }),
  }),
)

const body = {
  format: fc.constant("candlewright.strategy/1" as const),
  name: fc.constantFrom("Dip", "Trend", "Ünï 😀 ‮x"),
  description: fc.constantFrom("", "Buys.", "Buys short dips."),
  timeframe: fc.constantFrom("1h" as const, "4h" as const, "1d" as const),
  markets: fc.subarray(["BTC/USDT", "ETH/USDT"]),
  params: named(param),
  protect: fc.record({
    stopLoss,
    takeProfit: fc.array(target, { maxLength: 2 }),
    trailing: fc.option(trailing),
    breakEven: fc.option(fc.record({ atPercent: amount, plusPercent: amount })),
    roi: fc.array(fc.record({ afterMinutes: fc.integer({ min: 0, max: 900 }), percent: amount }), { maxLength: 2 }),
    timeStop: fc.option(fc.record({ candles: fc.integer({ min: 1, max: 99 }) })),
  }),
  size,
  orders: fc.record({ entry }),
  add: fc.option(
    fc.record({
      maxTimes: fc.integer({ min: 1, max: 9 }),
      everyDropPercent: amount,
      sizeMultiple: fc.integer({ min: 1, max: 9 }),
    }),
  ),
  limits: fc.record({
    maxOpenPositions: fc.integer({ min: 1, max: 9 }),
    cooldownCandles: fc.integer({ min: 0, max: 9 }),
    dailyLossPercent: fc.option(amount),
    maxDrawdownPercent: fc.option(amount),
    maxCorrelation: fc.option(share),
  }),
}
const rules = fc.record({ ...body, series: named(formula), long: side, short: side })
const code = fc.record({
  ...body,
  code: fc
    .array(fc.constantFrom("let a = 1", "let b = 2", "// buy", "buy()"), { minLength: 1, maxLength: 8 })
    .map((lines) => ({ language: "assemblyscript" as const, source: lines.join("\n") })),
})

/** Documents of every shape the schema has; whether their formulas make sense does not matter to a difference. */
export const anyStrategy: fc.Arbitrary<StrategyDocument> = fc
  .oneof({ weight: 4, arbitrary: rules }, { weight: 1, arbitrary: code })
  .map((written) => strategySchema.parse(written as WrittenStrategy))

/** Two documents that may have much in common: each part of the second is that of the first or of a third. */
export const twoStrategies = fc
  .tuple(anyStrategy, anyStrategy, fc.infiniteStream(fc.boolean()))
  .map(([from, other, coins]) => {
    const parts = Object.keys(other) as (keyof StrategyDocument)[]
    const mixed = Object.fromEntries(
      parts.map((part) => [part, coins.next().value ? other[part] : (from[part] ?? other[part])]),
    )
    return { from, to: mixed as StrategyDocument }
  })
