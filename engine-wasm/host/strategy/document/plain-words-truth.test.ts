import fc from "fast-check"
import { expect, test } from "vitest"
import { exactNumber } from "../../candles/number-format.ts"
import { formulaText, type Formula } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { everyPartOf } from "../formula/formula-walk.ts"
import { formulaInWords } from "./plain-words-formula.ts"
import { planInWords } from "./plain-words.ts"
import { strategySchema } from "./strategy-document.ts"

const number = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 1, max: 99_999 }).map((n) => n / 1000),
  fc.constantFrom(1e-7, 1234567.125, 0.1 + 0.2, 123456789012, 1.25e16),
)
const name = fc.constantFrom("close", "open", "high", "volume", "hl2", "hour", "strength", "trend")
const functions = [...functionCatalogue.values()].filter(
  ({ name: called }) => called !== "hour" && called !== "weekday",
)

/** Formulas with every kind of part, each function with all its arguments written out. */
const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    number.map((value): Formula => ({ kind: "number", value, at: 0 })),
    name.map((each): Formula => ({ kind: "name", name: each, at: 0 })),
    fc
      .tuple(fc.constantFrom(...functions), fc.array(tie("formula"), { minLength: 3, maxLength: 3 }), number)
      .map(([spec, series, count]) => callOf(spec, series, count)),
    fc
      .tuple(
        fc.constantFrom("+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or"),
        tie("formula"),
        tie("formula"),
      )
      .map(([operator, left, right]) => ({ kind: "binary", operator, left, right, at: 0 }) as Formula),
    fc
      .tuple(fc.constantFrom("not", "-"), tie("formula"))
      .map(([operator, of]) => ({ kind: "unary", operator, of, at: 0 }) as Formula),
    fc
      .tuple(tie("formula"), fc.integer({ min: 1, max: 30 }))
      .map(([of, value]): Formula => ({ kind: "history", of, candlesAgo: { kind: "number", value, at: 0 }, at: 0 })),
    fc
      .tuple(tie("formula"), fc.constantFrom("4h", "1d"))
      .map(([of, timeframe]) => ({ kind: "timeframe", of, timeframe, at: 0 }) as Formula),
    fc
      .tuple(tie("formula"), tie("formula"), tie("formula"))
      .map(([condition, yes, no]): Formula => ({ kind: "choice", condition, yes, no, at: 0 })),
  ),
}))

function callOf(spec: (typeof functions)[number], series: Formula[], count: number): Formula {
  const given = spec.arguments.map((argument, n): Formula => {
    if (argument.kind === "series") return series[n % 3]
    if (argument.kind === "average") return { kind: "text", text: "wma", at: 0 }
    return { kind: "number", value: argument.kind === "integer" ? 1 + Math.round(count) : count, at: 0 }
  })
  const call: Formula = { kind: "call", name: spec.name, arguments: given, at: 0 }
  return spec.outputs.length === 0
    ? call
    : { kind: "output", of: call, output: spec.outputs[Math.round(count) % spec.outputs.length], at: 0 }
}

/** As the reader would give it: without what only the text's parentheses keep apart. */
function reread(made: Formula): Formula | undefined {
  const parsed = parseFormula(formulaText(made))
  return parsed.ok ? parsed.formula : undefined
}

test("every number of a formula is in its words, to the last digit", () => {
  fc.assert(
    fc.property(formula, (made) => {
      const read = reread(made)
      if (!read) return
      const words = formulaInWords(formulaText(read), {})
      const numbers = everyPartOf(read).flatMap((part) => (part.kind === "number" ? [exactNumber(part.value)] : []))
      for (const number of numbers) expect(words).toContain(number)
    }),
    { numRuns: 500 },
  )
})

test("no two formulas that differ read alike, however little they differ", () => {
  fc.assert(
    fc.property(formula, formula, fc.nat(), (made, other, at) => {
      const read = reread(made)
      if (!read) return
      const text = formulaText(read)
      for (const changed of neighbours(read, other, at)) {
        const changedText = formulaText(changed)
        if (changedText === text || !parseFormula(changedText).ok) continue
        expect(formulaInWords(changedText, {}), `${text} and ${changedText}`).not.toBe(formulaInWords(text, {}))
      }
    }),
    { numRuns: 1000 },
  )
})

/** Formulas one step away: a part replaced, two sides swapped, a bracket elsewhere, another function. */
function neighbours(whole: Formula, other: Formula, at: number): Formula[] {
  const parts = everyPartOf(whole).filter((part) => part !== whole)
  const part = parts[at % Math.max(1, parts.length)]
  return [
    ...(part ? [replaced(whole, part, other), ...regrouped(part).map((each) => replaced(whole, part, each))] : []),
    ...regrouped(whole),
  ]
}

function regrouped(part: Formula): Formula[] {
  if (part.kind === "binary") {
    const { left, right } = part
    const inner = left.kind === "binary" ? [{ ...left, right: { ...part, left: left.right } }] : []
    const behind = (["history", "timeframe", "unary"] as const).flatMap((kind) =>
      left.kind === kind ? [{ ...left, of: { ...part, left: left.of } } as Formula] : [],
    )
    const deeper =
      right.kind === "history" || right.kind === "timeframe"
        ? [{ ...right, of: { ...part, right: right.of } } as Formula]
        : []
    return [{ ...part, left: right, right: left }, ...inner, ...behind, ...deeper]
  }
  if (part.kind === "history" || part.kind === "timeframe") return intoArguments(part)
  if (part.kind === "unary" && part.of.kind === "binary") return [{ ...part.of, left: { ...part, of: part.of.left } }]
  if (part.kind === "call") return otherFunctions(part)
  return []
}

/** `f(a)[1]` and `f(a[1])`. */
function intoArguments(part: Extract<Formula, { kind: "history" | "timeframe" }>): Formula[] {
  const { of } = part
  if (of.kind === "call")
    return of.arguments.map((given, n) => ({ ...of, arguments: of.arguments.with(n, { ...part, of: given }) }))
  if (of.kind === "history" || of.kind === "timeframe") return [{ ...of, of: { ...part, of: of.of } } as Formula]
  return []
}

function otherFunctions(part: Extract<Formula, { kind: "call" }>): Formula[] {
  const spec = functionCatalogue.get(part.name)!
  return functions
    .filter(
      (each) =>
        each.name !== part.name &&
        each.arguments.length === spec.arguments.length &&
        each.outputs.length === spec.outputs.length,
    )
    .map(({ name: called }) => ({ ...part, name: called }))
}

function replaced(whole: Formula, part: Formula, by: Formula): Formula {
  if (whole === part) return by
  return Object.fromEntries(
    Object.entries(whole).map(([key, value]) => {
      if (Array.isArray(value)) return [key, value.map((each) => replaced(each as Formula, part, by))]
      return [key, typeof value === "object" && value !== null ? replaced(value as Formula, part, by) : value]
    }),
  ) as Formula
}

const percent = fc.integer({ min: 1, max: 9_900 }).map((n) => n / 100)
const count = fc.integer({ min: 2, max: 5000 })
const optional = <Part>(part: fc.Arbitrary<Part>) => fc.option(part, { nil: null })

const documents = fc.record({
  protect: fc.record({
    stopLoss: fc.oneof(
      percent.map((value) => ({ kind: "percent" as const, percent: value })),
      fc.record({ kind: fc.constant("atr" as const), length: count, multiple: percent }),
    ),
    takeProfit: fc.array(fc.record({ percent, share: fc.integer({ min: 1, max: 99 }).map((n) => n / 100) }), {
      maxLength: 3,
    }),
    trailing: optional(fc.record({ percent, armAtPercent: percent, beforeArmPercent: percent })),
    breakEven: optional(fc.record({ atPercent: percent, plusPercent: percent })),
    roi: fc.array(fc.record({ afterMinutes: fc.integer({ min: 0, max: 50_000 }), percent }), { maxLength: 3 }),
    timeStop: optional(fc.record({ candles: count })),
  }),
  size: fc.oneof(
    fc.record({ kind: fc.constant("risk" as const), percent, maxPositionPercent: percent }),
    fc.record({ kind: fc.constant("equity" as const), percent }),
    fc.record({ kind: fc.constant("quote" as const), amount: percent }),
  ),
  orders: fc.record({
    entry: fc.record({ kind: fc.constant("limit" as const), offsetPercent: percent, expireCandles: count }),
  }),
  add: optional(
    fc.record({
      maxTimes: fc.integer({ min: 2, max: 50 }),
      everyDropPercent: percent,
      sizeMultiple: fc.constantFrom(1.5, 2, 0.25),
    }),
  ),
  limits: fc.record({
    maxOpenPositions: fc.integer({ min: 2, max: 900 }),
    cooldownCandles: count,
    dailyLossPercent: optional(percent),
    maxDrawdownPercent: optional(percent),
    maxCorrelation: optional(fc.constantFrom(0.5, 0.9, 0.123456789)),
  }),
})

test("every number and every limit of a document is in its words", () => {
  fc.assert(
    fc.property(documents, (parts) => {
      const document = strategySchema.parse({
        format: "candlewright.strategy/1",
        name: "t",
        timeframe: "1h",
        long: { enter: { all: ["close > 1"] }, exit: { any: ["rsi(close, 17) > 71.5"] } },
        ...parts,
      })
      const words = planInWords(document).map(({ text }) => text)
      const whole = words.join(" ").replaceAll(",", "")
      for (const { path, value } of numbersIn(parts)) expect(whole, path).toMatch(wordsOfNumber(path, value))
      expect(whole).toContain("17")
      expect(whole).toContain("71.5")
    }),
  )
})

function numbersIn(part: unknown, path = ""): { path: string; value: number }[] {
  if (typeof part === "number") return [{ path, value: part }]
  if (typeof part !== "object" || part === null) return []
  return Object.entries(part).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`))
}

/** Shares are in percent, whole hours of minutes in hours. */
function wordsOfNumber(path: string, value: number): RegExp {
  const shown = path.endsWith(".share")
    ? value * 100
    : path.endsWith(".afterMinutes") && value >= 60 && value % 60 === 0
      ? value / 60
      : value
  const text = exactNumber(shown).replaceAll(",", "").replaceAll(".", "\\.")
  return new RegExp(`(?<![\\d.])${text}(?![\\d]|\\.\\d)`)
}

test("rules that a switch turns off are named as such", () => {
  const document = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "t",
    timeframe: "1h",
    params: { useTrend: { type: "bool", label: "Only in an uptrend", value: false } },
    long: { enter: { all: ["close > 1", "not useTrend or close > ema(close, 200)"] } },
  })
  const words = planInWords(document).map(({ text }) => text)
  expect(words).toContain("It buys when the price is above 1.")
  expect(words).toContain(
    "Switched off now (“Only in an uptrend”): the price is above the 200-candle exponential average of the price.",
  )
})
