import * as z from "zod"
import { didYouMean } from "./closest-name.ts"
import { timeframesMs, type Timeframe } from "./timeframe.ts"

/** Limits on a document, far above any honest strategy. Sizes in UTF-16 characters. */
export const documentLimits = {
  textCharacters: 65_536, codeCharacters: 262_144, depth: 24, params: 64, series: 64, conditions: 32, targets: 20, roiSteps: 50, formulaCharacters: 2_000,
} as const

/** Names of params and series: a letter, then letters, digits and underscores. */
export const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,39}$/

/** An object that refuses fields it does not know, and says which one was probably meant. */
function fields<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? unknownFields(issue.keys, Object.keys(shape)) : undefined),
  })
}

/** One line for each unknown field, in their order. */
function unknownFields(unknown: string[], known: string[]): string {
  return unknown.map((key) => `\`${key}\` is not a field here${didYouMean(key, known) || `; the fields are ${known.join(", ")}`}`).join("\n")
}

// Without this zod would try `new Function`, which our content policy forbids and browsers report.
z.config({ jitless: true })

const name = z.string().regex(namePattern, { error: (issue) => wrongName(String(issue.input)) })
function wrongName(input: string): string {
  if (input.trim() !== "" && Number.isFinite(Number(input))) return `write ${input} without quotes`
  return "a name starts with a letter and has only letters, digits and _ (at most 40)"
}

const oneLine = /^\P{Cc}*$/u
const formula = z.string().min(1, "write a formula, for example `rsi(close, 14) < 30`").max(documentLimits.formulaCharacters)

/** A number, or the name of a param that stands for it. */
const orParam = <Number extends z.ZodNumber>(number: Number) => z.union([number, name])
const positive = z.number().gt(0)
const percentBelow100 = orParam(positive.lt(100))
const percentUpTo100 = orParam(positive.max(100))
const percentGain = orParam(positive.max(10_000))

const label = z.string().regex(oneLine, "write one line").max(80).optional()
const param = z.discriminatedUnion("type", [
  fields({ type: z.literal("int"), label, value: z.int(), min: z.int(), max: z.int(), step: z.int().min(1).default(1) }),
  fields({ type: z.literal("number"), label, value: z.number(), min: z.number(), max: z.number(), step: positive.default(0.1) }),
  fields({ type: z.literal("bool"), label, value: z.boolean() }),
])

const conditions = z.array(formula).min(1, "list at least one condition").max(documentLimits.conditions)
const anyRule = z.union([fields({ all: conditions }), fields({ any: conditions })])
const side = fields({ enter: anyRule, exit: anyRule.nullable().default(null) })

const stopLoss = z.discriminatedUnion("kind", [
  fields({ kind: z.literal("percent"), percent: percentBelow100 }),
  fields({ kind: z.literal("atr"), length: orParam(z.int().min(1).max(100_000)).default(14), multiple: orParam(positive.max(1000)) }),
  fields({ kind: z.literal("price"), formula }),
  fields({ kind: z.literal("none") }),
])
const share = orParam(positive.max(1)).default(1)
const target = z.union([fields({ percent: percentGain, share }), fields({ formula, share })])

const protect = fields({
  stopLoss: stopLoss.default({ kind: "percent", percent: 2 }),
  takeProfit: z.array(target).max(documentLimits.targets).default([]),
  trailing: fields({
    percent: percentBelow100,
    armAtPercent: orParam(z.number().min(0).max(10_000)).default(0),
    beforeArmPercent: percentBelow100.optional(),
  }).nullable().default(null),
  breakEven: fields({ atPercent: percentGain, plusPercent: orParam(z.number().min(0).max(10_000)).default(0) }).nullable().default(null),
  roi: z.array(fields({ afterMinutes: orParam(z.number().min(0).max(10_000_000)), percent: orParam(z.number().gt(-100).max(10_000)) }))
    .max(documentLimits.roiSteps).default([]),
  timeStop: fields({ candles: orParam(z.int().min(1).max(1_000_000)) }).nullable().default(null),
})

const size = z.discriminatedUnion("kind", [
  fields({ kind: z.literal("risk"), percent: percentUpTo100, maxPositionPercent: percentUpTo100.default(100) }),
  fields({ kind: z.literal("equity"), percent: percentUpTo100 }),
  fields({ kind: z.literal("quote"), amount: orParam(positive.max(1e12)) }),
])

const entryOrder = z.discriminatedUnion("kind", [
  fields({ kind: z.literal("market") }),
  fields({ kind: z.literal("limit"), offsetPercent: orParam(z.number().min(0).lt(100)), expireCandles: orParam(z.int().min(1).max(100_000)).default(1) }),
])

const add = fields({
  maxTimes: orParam(z.int().min(1).max(50)),
  everyDropPercent: percentBelow100,
  sizeMultiple: orParam(positive.max(10)).default(1),
})

const limits = fields({
  maxOpenPositions: orParam(z.int().min(1).max(1000)).default(3),
  cooldownCandles: orParam(z.int().min(0).max(1_000_000)).default(0),
  dailyLossPercent: percentUpTo100.nullable().default(null),
  maxDrawdownPercent: percentUpTo100.nullable().default(null),
  maxCorrelation: orParam(positive.max(1)).nullable().default(null),
})

/**
 * The strategy document: the one schema behind the type, the JSON Schema a model fills in, the relay's check and the engine's encoding.
 * Percents are percents (2 = 2 %), amounts are quote currency. Fields with a default may be left out.
 */
export const strategySchema = fields({
  format: z.literal("candlewright.strategy/1"),
  name: z.string().trim().min(1, "give the strategy a name").regex(oneLine, "write one line").max(100),
  description: z.string().max(2_000).default(""),
  timeframe: z.enum(Object.keys(timeframesMs) as Timeframe[]),
  markets: z.array(z.string().regex(/^[A-Za-z0-9]{1,20}\/[A-Za-z0-9]{1,20}(:[A-Za-z0-9]{1,20})?$/, "a market is written like BTC/USDT")).max(100).default([]),
  params: z.record(name, param).default({}),
  series: z.record(name, formula).default({}),
  long: side.nullable().default(null),
  short: side.nullable().default(null),
  code: fields({ language: z.literal("assemblyscript"), source: z.string().min(1).max(documentLimits.codeCharacters) }).optional(),
  protect: protect.prefault({}),
  size: size.default({ kind: "risk", percent: 1, maxPositionPercent: 100 }),
  orders: fields({ entry: entryOrder.default({ kind: "market" }) }).prefault({}),
  add: add.nullable().default(null),
  limits: limits.prefault({}),
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
