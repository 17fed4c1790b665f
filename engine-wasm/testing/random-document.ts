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
      { minLength: 1, maxLength: 3 },
    )
    .map(reachable),
  trailing: fc
    .record({ percent, armAtPercent: fc.constantFrom(0, 1, 3) })
    .chain((trailing) =>
      fc.option(percent, { nil: undefined }).map((beforeArmPercent) => ({ ...trailing, beforeArmPercent })),
    ),
  breakEven: fc.record({ atPercent: percent, plusPercent: fc.constantFrom(0, 0.2, 4) }),
  roi: fc
    .array(
      fc.record({ afterMinutes: fc.constantFrom(0, 5, 10, 30, 33), percent: fc.constantFrom(5, 2, 0, -3, -100) }),
      { minLength: 1, maxLength: 3 },
    )
    .map((steps) =>
      steps.filter(({ afterMinutes }, n) => steps.findIndex((step) => step.afterMinutes === afterMinutes) === n),
    ),
  timeStop: fc.record({ candles: fc.integer({ min: 1, max: 8 }) }),
})
/** Levels as the document's check requires them: percents rising side by side, everything sold only by the last. */
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
const orders = fc.record({
  entry: fc.record({
    kind: fc.constant("limit" as const),
    offsetPercent: fc.constantFrom(0, 0.5, 2),
    expireCandles: fc.integer({ min: 1, max: 4 }),
  }),
})
const add = fc.record({
  maxTimes: fc.integer({ min: 1, max: 4 }),
  everyDropPercent: fc.constantFrom(1, 2.5, 4),
  sizeMultiple: fc.constantFrom(1, 0.5, 2),
})
const limits = fc.record({
  maxOpenPositions: fc.integer({ min: 1, max: 3 }),
  cooldownCandles: fc.constantFrom(1, 3),
  dailyLossPercent: fc.constantFrom(1, 5),
  maxDrawdownPercent: fc.constantFrom(5, 20),
  maxCorrelation: fc.constantFrom(0.01, 0.11),
})
const parts = fc.record({ protect, size, orders, add, limits })
type Parts = typeof parts extends fc.Arbitrary<infer Part> ? Part : never
type Sides = typeof sides extends fc.Arbitrary<infer Side> ? Side : never

/** The features the engine's fast paths handle. */
const calm = ["ownStop", "takeProfit", "breakEven", "limitEntry", "cooldownCandles"]
const restless = [
  "trailing",
  "roi",
  "timeStop",
  "add",
  "exitOfPosition",
  "dailyLossPercent",
  "maxDrawdownPercent",
  "maxCorrelation",
]

/**
 * Strategy documents over the whole schema, in the small part of the formula language the reference supports. Swarm
 * testing: each run draws how crowded it is, and then each feature has a coin, so that plain strategies (which take
 * the engine's fast paths) come as often as crowded ones.
 */
export function randomDocument(timeframe: Timeframe): fc.Arbitrary<StrategyDocument> {
  const on = fc.oneof(
    { weight: 3, arbitrary: swarm([...calm, ...restless]) },
    { weight: 2, arbitrary: swarm(calm) },
    { weight: 2, arbitrary: swarm(calm).map((some) => new Set([...some, "trailing"])) },
    { weight: 2, arbitrary: swarm(["ownStop"]).map((some) => new Set([...some, "trailing"])) },
  )
  return fc.tuple(sides, parts, on).map(([own, all, on]) => documentOf(timeframe, withOnly(on, own, all)))
}

/** Which of the names are in this run; each as likely as the run is crowded. */
export function swarm<Name extends string>(names: readonly Name[]): fc.Arbitrary<Set<Name>> {
  const coins = names.map(() => fc.nat(99))
  return fc
    .tuple(fc.constantFrom(5, 20, 50, 85), fc.tuple(...coins))
    .map(([crowded, thrown]) => new Set(names.filter((_, n) => thrown[n] >= 100 - crowded)))
}

function withOnly(on: Set<string>, own: Sides, { protect, size, orders, add, limits }: Parts) {
  const kept = <Part, Off>(name: string, part: Part, off: Off) => (on.has(name) ? part : off)
  return {
    long: on.has("exitOfPosition") ? own.long : withoutPosition(own.long),
    short: on.has("exitOfPosition") ? own.short : withoutPosition(own.short),
    protect: {
      stopLoss: kept("ownStop", protect.stopLoss, { kind: "percent" as const, percent: 3.3 }),
      takeProfit: kept("takeProfit", protect.takeProfit, []),
      trailing: kept("trailing", protect.trailing, null),
      breakEven: kept("breakEven", protect.breakEven, null),
      roi: kept("roi", protect.roi, []),
      timeStop: kept("timeStop", protect.timeStop, null),
    },
    size,
    orders: kept("limitEntry", orders, { entry: { kind: "market" as const } }),
    add: kept("add", add, null),
    limits: {
      maxOpenPositions: limits.maxOpenPositions,
      cooldownCandles: kept("cooldownCandles", limits.cooldownCandles, 0),
      dailyLossPercent: kept("dailyLossPercent", limits.dailyLossPercent, null),
      maxDrawdownPercent: kept("maxDrawdownPercent", limits.maxDrawdownPercent, null),
      maxCorrelation: kept("maxCorrelation", limits.maxCorrelation, null),
    },
  }
}

type Rule = { all: string[] } | { any: string[] }

/** The side with only those exit conditions that depend on the market alone; none left: no exit rule. */
function withoutPosition(own: { enter: Rule; exit: Rule | null } | null) {
  if (!own?.exit) return own
  const [kind, conditions] = Object.entries(own.exit)[0] as ["all" | "any", string[]]
  const kept = conditions.filter((condition) => !condition.includes("position."))
  return { ...own, exit: kept.length === 0 ? null : ({ [kind]: kept } as Rule) }
}

function documentOf(timeframe: Timeframe, document: ReturnType<typeof withOnly>): StrategyDocument {
  const hasStop = document.protect.stopLoss.kind !== "none"
  return strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "random",
    params: { stopPercent: { type: "number", value: 3, min: 1, max: 9 } },
    series: { middle: "sma(close, 3)" },
    timeframe,
    ...document,
    // A risk needs a distance to a stop, which the document's check requires too.
    size: document.size.kind === "risk" && !hasStop ? { kind: "equity", percent: 50 } : document.size,
  })
}
