import * as z from "zod/mini"
import { didYouMean } from "../formula/closest-name.ts"
import { quotedCode, plainText } from "../../candles/foreign-text.ts"
import { forecastModelSchema } from "../model/forecast-model.ts"
import { timeframesMs, type Timeframe } from "../../candles/timeframe.ts"

/** Limits on a document, far above any real strategy. Sizes in UTF-16 characters. */
export const documentLimits = {
  textCharacters: 65_536,
  codeCharacters: 262_144,
  depth: 24,
  params: 64,
  series: 64,
  conditions: 32,
  targets: 20,
  roiSteps: 50,
  formulaCharacters: 2_000,
} as const

/** Names of params and series: a letter, then letters, digits and underscores. */
export const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,39}$/

/** An object that refuses unknown fields, and suggests the closest known one. */
function fields<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? unknownFields(issue.keys, Object.keys(shape)) : undefined),
  })
}

/** One line for each unknown field, in their order. */
function unknownFields(unknown: string[], known: string[]): string {
  return unknown
    .map(
      (key) =>
        `${quotedCode(key)} is not a field here${didYouMean(key, known) || `; the fields are ${known.join(", ")}`}`,
    )
    .join("\n")
}

// Without this zod would try `new Function`, which our content policy forbids and browsers report.
z.config({ jitless: true })

const name = z.string().check(z.regex(namePattern, { error: (issue) => wrongName(String(issue.input)) }))
function wrongName(input: string): string {
  if (input.trim() !== "" && Number.isFinite(Number(input))) return `write ${input} without quotes`
  return "a name starts with a letter and has only letters, digits and _ (at most 40)"
}

const oneLine = z.regex(/^\P{Cc}*$/u, { error: (issue) => unseenLetter(String(issue.input)) })
const formula = z
  .string()
  .check(
    z.minLength(1, "write a formula, for example `rsi(close, 14) < 30`"),
    z.maxLength(documentLimits.formulaCharacters),
  )

/** A number, or the name of a param that stands for it. */
const orParam = <Number extends z.ZodMiniNumber>(number: Number) => z.union([number, name])
const whole = (least: number, most: number) => orParam(z.int().check(z.gte(least), z.lte(most)))
const within = (least: number, most: number) => orParam(z.number().check(z.gte(least), z.lte(most)))
const positive = (most: number) => orParam(z.number().check(z.gt(0), z.lte(most)))
const percentBelow100 = orParam(z.number().check(z.gt(0), z.lt(100)))
const percentUpTo100 = positive(100)
const percentGain = positive(10_000)

/** A part that may be left out, which means null. */
const orNull = <Part extends z.ZodMiniType>(part: Part) => z._default(z.nullable(part), null)

const label = z.optional(z.string().check(oneLine, z.maxLength(80)))
const param = z.discriminatedUnion("type", [
  fields({
    type: z.literal("int"),
    label,
    value: z.int(),
    min: z.int(),
    max: z.int(),
    step: z._default(z.int().check(z.gte(1)), 1),
  }),
  fields({
    type: z.literal("number"),
    label,
    value: z.number(),
    min: z.number(),
    max: z.number(),
    step: z._default(z.number().check(z.gt(0)), 0.1),
  }),
  fields({ type: z.literal("bool"), label, value: z.boolean() }),
])

const conditions = z
  .array(formula)
  .check(z.minLength(1, "list at least one condition"), z.maxLength(documentLimits.conditions))
const anyRule = z.union([fields({ all: conditions }), fields({ any: conditions })])
const side = fields({ enter: anyRule, exit: orNull(anyRule) })

const stopLoss = z.discriminatedUnion("kind", [
  fields({ kind: z.literal("percent"), percent: percentBelow100 }),
  fields({ kind: z.literal("atr"), length: z._default(whole(1, 100_000), 14), multiple: positive(1000) }),
  fields({ kind: z.literal("price"), formula }),
  fields({ kind: z.literal("none") }),
])
const share = z._default(positive(1), 1)
const target = z.union([fields({ percent: percentGain, share }), fields({ formula, share })])
const roiStep = fields({
  afterMinutes: within(0, 10_000_000),
  percent: orParam(z.number().check(z.gte(-100), z.lte(10_000))),
})

const protect = fields({
  stopLoss: z._default(stopLoss, { kind: "percent", percent: 2 }),
  takeProfit: z._default(z.array(target).check(z.maxLength(documentLimits.targets)), []),
  trailing: orNull(
    fields({
      percent: percentBelow100,
      armAtPercent: z._default(within(0, 10_000), 0),
      beforeArmPercent: z.optional(percentBelow100),
    }),
  ),
  breakEven: orNull(fields({ atPercent: percentGain, plusPercent: z._default(within(0, 10_000), 0) })),
  roi: z._default(z.array(roiStep).check(z.maxLength(documentLimits.roiSteps)), []),
  timeStop: orNull(fields({ candles: whole(1, 1_000_000) })),
})

const size = z.discriminatedUnion("kind", [
  fields({ kind: z.literal("risk"), percent: percentUpTo100, maxPositionPercent: z._default(percentUpTo100, 100) }),
  fields({ kind: z.literal("equity"), percent: percentUpTo100 }),
  fields({ kind: z.literal("quote"), amount: positive(1e12) }),
])

const entryOrder = z.discriminatedUnion("kind", [
  fields({ kind: z.literal("market") }),
  fields({
    kind: z.literal("limit"),
    offsetPercent: orParam(z.number().check(z.gte(0), z.lt(100))),
    expireCandles: z._default(whole(1, 100_000), 1),
  }),
])

const add = fields({
  maxTimes: whole(1, 50),
  everyDropPercent: percentBelow100,
  sizeMultiple: z._default(positive(10), 1),
})

const limits = fields({
  maxOpenPositions: z._default(whole(1, 1000), 3),
  cooldownCandles: z._default(whole(0, 1_000_000), 0),
  dailyLossPercent: orNull(percentUpTo100),
  maxDrawdownPercent: orNull(percentUpTo100),
  maxCorrelation: orNull(positive(1)),
})

const marketName = z
  .string()
  .check(z.regex(/^[A-Za-z0-9]{1,20}\/[A-Za-z0-9]{1,20}(:[A-Za-z0-9]{1,20})?$/, "a market is written like BTC/USDT"))
const code = fields({
  language: z.literal("assemblyscript"),
  source: z.string().check(z.minLength(1), z.maxLength(documentLimits.codeCharacters)),
})

const FORMAT = "candlewright.strategy/1"

function newerFormat(input: string): string | undefined {
  const version = Number(/^candlewright\.strategy\/(\d{1,6})$/.exec(input)?.[1] ?? 0)
  return version > 1
    ? `this document was written by a newer Candlewright (version ${version}; this one reads version 1). Nothing was changed: reload the page for the newest Candlewright, or ask for the document in version 1`
    : undefined
}

/**
 * The strategy document: the one schema behind the type, the JSON Schema a model fills in, the relay's check and the
 * engine's encoding. Percents are percents (2 = 2 %), amounts are quote currency. Fields with a default may be left
 * out.
 */
export const strategySchema = fields({
  format: z.literal(FORMAT, { error: (issue) => newerFormat(String(issue.input)) }),
  name: z.string().check(z.trim(), z.minLength(1, "give the strategy a name"), oneLine, z.maxLength(100)),
  description: z._default(z.string().check(z.maxLength(2_000)), ""),
  timeframe: z.enum(Object.keys(timeframesMs) as Timeframe[]),
  markets: z._default(z.array(marketName).check(z.maxLength(100)), []),
  params: z._default(z.record(name, param), {}),
  series: z._default(z.record(name, formula), {}),
  long: orNull(side),
  short: orNull(side),
  code: z.optional(code),
  models: z.optional(z.record(name, forecastModelSchema)),
  protect: z.prefault(protect, {}),
  size: z._default(size, { kind: "risk", percent: 1, maxPositionPercent: 100 }),
  orders: z.prefault(fields({ entry: z._default(entryOrder, { kind: "market" }) }), {}),
  add: orNull(add),
  limits: z.prefault(limits, {}),
})

/** A checked document with every default filled in; numbers may still be names of params. */
export type StrategyDocument = z.output<typeof strategySchema>
/** A document as people, models and files write it, defaults left out. */
export type WrittenStrategy = z.input<typeof strategySchema>
export type StrategyParam = StrategyDocument["params"][string]
export type StrategySide = NonNullable<StrategyDocument["long"]>
export type StrategyRule = StrategySide["enter"]

/** The conditions of a rule and how they join. */
export function conditionsOf(rule: StrategyRule): { join: "all" | "any"; formulas: string[] } {
  return "all" in rule ? { join: "all", formulas: rule.all } : { join: "any", formulas: rule.any }
}

/** JSON Schema (draft 2020-12) of the written document, for a model's tool call and for editors. */
export function strategyJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(strategySchema, { io: "input" }) as Record<string, unknown>
}

function unseenLetter(text: string): string {
  const [letter] = /(?![\n\r])\p{Cc}/u.exec(text) ?? []
  return letter === undefined
    ? "write one line"
    : `take out the character ${plainText(letter)}, which controls a terminal and cannot be seen`
}
