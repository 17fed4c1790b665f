import { z } from "@hono/zod-openapi"
import { forecastTargets, modelKinds, modelMarket } from "#engine/strategy"
import { timeMs, venueName } from "../resource.ts"

/** The sha256 of a model. */
export const modelHash = z.string().regex(/^[0-9a-f]{64}$/, "There is no such model.")

/** A kept or carried model, without its weights. */
export const signalModel = z.object({
  format: z.string(),
  hash: modelHash,
  name: z.string(),
  kind: z.enum(modelKinds),
  target: z.enum(forecastTargets),
  horizonCandles: z.int(),
  timeframe: z.string(),
  features: z.array(z.string()),
  windowCandles: z.int(),
  units: z.int(),
  version: z.int(),
  /** The market it learnt from, as its trainer wrote it. */
  madeOf: z.string(),
  trainedFromMs: timeMs,
  trainedUntilMs: timeMs,
  addedMs: timeMs,
  replaces: z.string().nullable(),
  retrainDays: z.int().nullable(),
  /** Bots whose documents carry exactly this one. */
  bots: z.array(z.string()),
  cards: z.array(
    z.object({
      venue: venueName,
      market: z.string(),
      /** Figures of the card, as plain numbers; null where nobody could judge it yet. */
      card: z.looseObject({ verdict: z.object({ skill: z.boolean(), because: z.string() }) }).nullable(),
      words: z.string(),
      warnings: z.array(z.object({ kind: z.enum(["hits", "features"]), words: z.string() })),
    }),
  ),
  problem: z.string().nullable(),
  /** What to know of it, in words: that another engine trained it than the one here. */
  notes: z.array(z.string()),
})

/** Where a brought model is judged: a name that a model may say it learnt from. */
const judgedMarket = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const checked = modelMarket.safeParse(text)
    if (!checked.success) context.addIssue({ code: "custom", message: checked.error.issues[0].message })
  })

/** A model that somebody brings. */
export const broughtModel = z.strictObject({
  /** A whole model file; its own check says what is wrong with it. */
  model: z.looseObject({}),
  venue: venueName.default("practice"),
  /** Where it is judged; the market it names itself unless said. */
  market: judgedMarket.optional(),
})

/** A deployment that gives a bot another version of its model. */
export const adoption = z.object({
  isAdopted: z.literal(false),
  words: z.string(),
  deployment: z.object({
    accountId: z.string(),
    strategy: z.looseObject({}),
    markets: z.array(z.string()),
    params: z.record(z.string(), z.union([z.number(), z.boolean()])),
    cash: z.string(),
    name: z.string(),
  }),
})
