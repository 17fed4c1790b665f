import * as z from "zod/mini"
import { quotedCode } from "../../candles/foreign-text.ts"
import { timeframesMs, type Timeframe } from "../../candles/timeframe.ts"
import { modelMarket, modelName } from "./model-names.ts"

/** Limits on a model, far above any honest one. Sizes in UTF-16 characters. */
export const modelLimits = {
  models: 8,
  /** Of all models of a document together, as JSON. */
  characters: 163_840,
  features: 12,
  windowCandles: 128,
  units: 64,
  parts: 12,
  horizonCandles: 1_000,
  featureCharacters: 200,
} as const

/** What a model can be. The first five learn; the next three are what any of them must beat; the last names moods. */
export const modelKinds = ["logistic", "ridge", "trend", "lstm", "lastValue", "drift", "alwaysUp", "regimes"] as const
export type ModelKind = (typeof modelKinds)[number]

/** What is forecast of the next `horizonCandles`: whether the close rises, by how many percent, or how much it swings. */
export const forecastTargets = ["direction", "return", "volatility"] as const
export type ForecastTarget = (typeof forecastTargets)[number]

const MODEL_FORMAT = "candlewright.model/1"
const oneLine = (most: number) => z.string().check(z.minLength(1), z.maxLength(most), z.regex(/^\P{Cc}*$/u))
/** To the end of the year 9999. */
const timeMs = z.int().check(z.gte(0), z.lte(253_402_300_799_999))
const count = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most))
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/, "a hash is 64 hexadecimal digits"))

const part = z.strictObject({
  trainedFromMs: timeMs,
  trainedUntilMs: timeMs,
  readyFromMs: timeMs,
  weights: z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/, "weights are float32 numbers in base64")),
})

/**
 * A trained model as data: what it looks at, what it learnt, and where it came from. Each part learnt from candles up
 * to its `trainedUntilMs` and is used for candles that open at or after its `readyFromMs` only. docs/signals.md.
 */
export const forecastModelSchema = z.strictObject({
  format: z.literal(MODEL_FORMAT, `a model's format is ${quotedCode(MODEL_FORMAT)}; this was made by another program`),
  name: modelName,
  kind: z.enum(modelKinds),
  target: z.enum(forecastTargets),
  horizonCandles: count(1, modelLimits.horizonCandles),
  timeframe: z.enum(Object.keys(timeframesMs) as Timeframe[]),
  features: z.array(oneLine(modelLimits.featureCharacters)).check(z.minLength(1), z.maxLength(modelLimits.features)),
  windowCandles: count(1, modelLimits.windowCandles),
  units: count(0, modelLimits.units),
  parts: z.array(part).check(z.minLength(1), z.maxLength(modelLimits.parts)),
  made: z.strictObject({
    engine: hash,
    data: hash,
    market: modelMarket,
    seed: count(0, Number.MAX_SAFE_INTEGER),
    examples: count(0, 100_000_000),
    version: count(1, 1_000_000),
  }),
  hash,
})

export type ForecastModel = z.output<typeof forecastModelSchema>
export type ModelPart = ForecastModel["parts"][number]
