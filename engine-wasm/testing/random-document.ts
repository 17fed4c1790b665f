import fc from "fast-check"
import { strategySchema, type StrategyDocument } from "../host/strategy/document/strategy-document.ts"
import type { Timeframe } from "../host/candles/timeframe.ts"

const column = fc.constantFrom("close", "open", "high", "low")
const length = fc.integer({ min: 1, max: 6 })

const price = fc.oneof(
  { weight: 3, arbitrary: column },
  { weight: 1, arbitrary: fc.tuple(column, length).map(([source, n]) => `sma(${source}, ${n})`) },
  { weight: 1, arbitrary: length.map((n) => `highest(high, ${n})`) },
  { weight: 1, arbitrary: length.map((n) => `lowest(low, ${n})`) },
  { weight: 1, arbitrary: fc.tuple(column, length).map(([source, n]) => `${source}[${n}]`) },
  { weight: 1, arbitrary: fc.constant("middle") },
)
const value = fc.oneof(
  { weight: 4, arbitrary: price },
  {
    weight: 1,
    arbitrary: fc
      .tuple(price, fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 4 }))
      .map(([source, sign, n]) => `${source} ${sign} ${n}`),
  },
  { weight: 1, arbitrary: fc.tuple(price, price).map(([a, b]) => `(${a} + ${b}) / 2`) },
)
const comparison = fc
  .tuple(value, fc.constantFrom(">", "<", ">=", "<=", "==", "!="), value)
  .map(([a, operator, b]) => `${a} ${operator} ${b}`)
const condition = joined(comparison)

const ofPosition = fc.oneof(
  fc.constantFrom(-3.1, -1.3, 0, 0.7, 2.9).map((percent) => `position.profitPercent > ${percent}`),
  fc.constantFrom(-3.1, -1.3, 0, 0.7).map((percent) => `position.profitPercent < ${percent}`),
  fc.integer({ min: 1, max: 6 }).map((n) => `position.candles >= ${n}`),
  fc.constantFrom(0.97, 1.013, 1.031).map((times) => `high > position.entryPrice * ${times}`),
)
const exitCondition = joined(fc.oneof({ weight: 2, arbitrary: comparison }, { weight: 1, arbitrary: ofPosition }))

function joined(one: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: one },
    {
      weight: 1,
      arbitrary: fc.tuple(one, fc.constantFrom("and", "or"), one).map(([a, join, b]) => `${a} ${join} ${b}`),
    },
    { weight: 1, arbitrary: one.map((of) => `not (${of})`) },
  )
}

const rule = (one: fc.Arbitrary<string>) => {
  const conditions = fc.array(one, { minLength: 1, maxLength: 2 })
  return fc.oneof(
    conditions.map((all) => ({ all })),
    conditions.map((any) => ({ any })),
  )
}
const side = fc.record({ enter: rule(condition), exit: fc.option(rule(exitCondition)) })
const sides = fc.oneof(
  { weight: 3, arbitrary: side.map((long) => ({ long, short: null })) },
  { weight: 2, arbitrary: side.map((short) => ({ long: null, short })) },
  { weight: 2, arbitrary: fc.record({ long: side, short: side }) },
)

/** The part or nothing, as often. */
const perhaps = <Part>(part: fc.Arbitrary<Part>) => fc.option(part, { freq: 2 })

const percent = fc.constantFrom(1, 0.5, 2, 3.3, 5, 10, 25)
const targetFormula = fc.constantFrom(
  "close * 1.03",
  "close * 0.96",
  "position.entryPrice * 1.021",
  "highest(high, 4)",
  "lowest(low, 4)",
  "position.entryPrice + middle - close",
)
const share = fc.constantFrom(1, 0.5, 0.3, 0.01)
const stopLoss = fc.oneof(
  { weight: 3, arbitrary: percent.map((percent) => ({ kind: "percent" as const, percent })) },
  { weight: 1, arbitrary: fc.constant({ kind: "percent" as const, percent: "stopPercent" }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("atr" as const),
      length: fc.integer({ min: 1, max: 4 }),
      multiple: fc.constantFrom(1, 0.5, 2.7),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        "lowest(low, 5)",
        "highest(high, 5)",
        "close * 0.97",
        "close * 1.02",
        "position.entryPrice * 0.98",
        "position.entryPrice + 3",
      )
      .map((formula) => ({ kind: "price" as const, formula })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "none" as const }) },
)
const protect = fc.record({
  stopLoss,
  takeProfit: fc
    .array(
      fc.oneof(
        { weight: 2, arbitrary: fc.record({ percent, share }) },
        { weight: 1, arbitrary: fc.record({ formula: targetFormula, share }) },
      ),
      { maxLength: 3 },
    )
    .map(reachable),
  trailing: perhaps(
    fc
      .record({ percent, armAtPercent: fc.constantFrom(0, 1, 3) })
      .chain((trailing) =>
        fc.option(percent, { nil: undefined }).map((beforeArmPercent) => ({ ...trailing, beforeArmPercent })),
      ),
  ),
  breakEven: perhaps(fc.record({ atPercent: percent, plusPercent: fc.constantFrom(0, 0.2, 4) })),
  roi: fc.oneof(
    fc.constant([]),
    fc
      .array(
        fc.record({ afterMinutes: fc.constantFrom(0, 5, 10, 30, 33), percent: fc.constantFrom(5, 2, 0, -3, -100) }),
        { maxLength: 3 },
      )
      .map((steps) =>
        steps.filter(({ afterMinutes }, n) => steps.findIndex((step) => step.afterMinutes === afterMinutes) === n),
      ),
  ),
  timeStop: perhaps(fc.record({ candles: fc.integer({ min: 1, max: 8 }) })),
})
/** Levels as the document's check wants them: percents rising side by side, everything sold only by the last. */
function reachable<Target extends { share: number; percent?: number }>(levels: Target[]): Target[] {
  const kept: Target[] = []
  for (const level of levels) {
    const before = kept.at(-1)
    const rises = level.percent === undefined || before?.percent === undefined || level.percent > before.percent
    if (rises && before?.share !== 1) kept.push(level)
  }
  return kept
}

const size = fc.oneof(
  fc.constantFrom(100, 50, 10).map((percent) => ({ kind: "equity" as const, percent })),
  fc.record({
    kind: fc.constant("risk" as const),
    percent: fc.constantFrom(1, 5, 40),
    maxPositionPercent: fc.constantFrom(100, 33),
  }),
  fc.constantFrom(20, 400, 1000).map((amount) => ({ kind: "quote" as const, amount })),
)
const orders = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ entry: { kind: "market" as const } }) },
  {
    weight: 2,
    arbitrary: fc.record({
      entry: fc.record({
        kind: fc.constant("limit" as const),
        offsetPercent: fc.constantFrom(0, 0.5, 2),
        expireCandles: fc.integer({ min: 1, max: 4 }),
      }),
    }),
  },
)
const add = perhaps(
  fc.record({
    maxTimes: fc.integer({ min: 1, max: 4 }),
    everyDropPercent: fc.constantFrom(1, 2.5, 4),
    sizeMultiple: fc.constantFrom(1, 0.5, 2),
  }),
)
const limits = fc.record({
  maxOpenPositions: fc.integer({ min: 1, max: 3 }),
  cooldownCandles: fc.constantFrom(0, 0, 1, 3),
  dailyLossPercent: fc.constantFrom(null, null, null, 1, 5),
  maxDrawdownPercent: fc.constantFrom(null, null, null, 5, 20),
  maxCorrelation: fc.constantFrom(null, 0.01, 0.11),
})

/** Strategy documents over the whole schema, in the small part of the formula language the reference knows. */
export function randomDocument(timeframe: Timeframe): fc.Arbitrary<StrategyDocument> {
  const rest = fc.record({ protect, size, orders, add, limits })
  return fc.tuple(sides, rest).map(([own, parts]) => documentOf({ ...parts, ...own, timeframe }))
}

function documentOf(parts: {
  timeframe: Timeframe
  protect: { stopLoss: { kind: string } }
  size: { kind: string }
}): StrategyDocument {
  return strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "random",
    params: { stopPercent: { type: "number", value: 3, min: 1, max: 9 } },
    series: { middle: "sma(close, 3)" },
    ...parts,
    // A risk needs a distance to a stop, which the document's check demands too.
    size:
      parts.protect.stopLoss.kind === "none" && parts.size.kind === "risk"
        ? { kind: "equity", percent: 50 }
        : parts.size,
  })
}
