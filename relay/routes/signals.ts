import { createRoute, z } from "@hono/zod-openapi"
import { isTimeframe, type Timeframe, timeframesMs } from "#engine/candles"
import { forecastTargets, modelKinds } from "#engine/strategy"
import { decimalText, textOrNull } from "../ledger/decimal-text.ts"
import type { KeptCall } from "../signals/kept-call.ts"
import type { Signals } from "../signals/signals.ts"
import { signalLimits, USUAL_RETRAIN_DAYS } from "../signals/signal-watch.ts"
import { actorOf, given, listOf, nothing, oneOf, resource, taken, timeMs, unknown, venueName } from "./resource.ts"

const hash = z.string().regex(/^[0-9a-f]{64}$/, "There is no such model.")
const oneModel = { params: z.object({ hash: oneOf("model").params.shape.id }) }
const marketText = z.string().min(1).max(40)
/** Quote currency, a decimal text. */
const price = z.string().nullable()
const timeframe = z
  .string()
  .refine(isTimeframe, `it is one of ${Object.keys(timeframesMs).join(" ")}`)
  .transform((text) => text as Timeframe)
/** Trained again after so many days; null: never. */
const retrainDays = z.int().min(1).max(signalLimits.mostRetrainDays).nullable()
const schedule = z.strictObject({ hash, retrainDays: retrainDays.default(USUAL_RETRAIN_DAYS) })

const model = z.object({
  format: z.string(),
  hash,
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
})
const brought = z.strictObject({
  /** A whole model file; its own check says what is wrong with it. */
  model: z.looseObject({}),
  venue: venueName.default("practice"),
  /** Where it is judged; the market it names itself unless said. */
  market: marketText.optional(),
})
const watched = z.strictObject({
  venue: venueName,
  market: marketText,
  timeframe,
  models: z.array(schedule).max(signalLimits.modelsPerMarket).default([]),
  votes: z.boolean().default(false),
})
const watch = z.strictObject({
  markets: z.array(watched).max(signalLimits.watchedMarkets),
  /** Models that bots carry, to be trained again beside them; none unless named. */
  bots: z.array(z.strictObject({ hash, retrainDays })).max(signalLimits.models).default([]),
  isPaused: z.boolean().optional(),
})
const standing = watch.extend({
  /** How each stands: when its last candle closed, and why nothing is said of it now. */
  standings: z.array(
    z.object({
      venue: venueName,
      market: z.string(),
      timeframe: z.string(),
      closedMs: timeMs.nullable(),
      problem: z.string().nullable(),
    }),
  ),
})
const call = z.object({
  id: z.string(),
  source: z.string(),
  venue: venueName,
  market: z.string(),
  timeframe: z.string(),
  candleClosedMs: timeMs,
  aheadCandles: z.int(),
  action: z.enum(["BUY", "SELL", "HOLD"]),
  probability: z.number().nullable(),
  baseline: z.number().nullable(),
  close: z.string(),
  atr: price,
  entry: price,
  stop: price,
  reasoning: z.array(z.string()),
  engine: z.string(),
  inputHash: z.string(),
  forecast: z
    .object({
      hash: z.string(),
      name: z.string(),
      version: z.int(),
      target: z.enum(forecastTargets),
      /** Direction: log odds. Return and volatility: percent. */
      value: z.number(),
      probability: z.number(),
    })
    .nullable(),
  outcome: z.object({ close: z.string(), cameTrue: z.boolean() }).nullable(),
})
const record = z.object({
  source: z.string(),
  count: z.int(),
  cameTrue: z.int(),
  waiting: z.int(),
  hitPercent: z.number().nullable(),
  between: z.object({ lowPercent: z.number(), highPercent: z.number() }).nullable(),
  baselinePercent: z.number().nullable(),
  better: z.boolean(),
  brier: z.number().nullable(),
  words: z.string(),
})
const adoption = z.object({
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

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "What models and indicators said of a market, the newest first, and how often each source came true",
    request: { query: z.object({ market: marketText, venue: venueName.default("practice") }) },
    responses: { 200: given("them", listOf(call).extend({ records: z.array(record) })) },
  }),
  models: createRoute({
    method: "get",
    path: "/models",
    summary: "Trained models that are kept or carried by bots, each with how good it is and what warns of it",
    responses: { 200: given("them", listOf(model)) },
  }),
  add: createRoute({
    method: "post",
    path: "/models",
    summary: "Keep a trained model; it is judged at once where its market's candles are here",
    request: taken(brought),
    responses: { 201: given("it", model) },
  }),
  remove: createRoute({
    method: "delete",
    path: "/models/{hash}",
    summary: "Remove a model that is not watched; what it said stays",
    request: oneModel,
    responses: { 204: nothing },
  }),
  adopt: createRoute({
    method: "post",
    path: "/models/{hash}/adopt",
    summary: "What it takes to give a bot exactly this version; nothing is changed before a person deploys it",
    request: { ...oneModel, ...taken(z.strictObject({ bot: z.string().min(1).max(100) })) },
    responses: { 200: given("the deployment", adoption) },
  }),
  watch: createRoute({
    method: "get",
    path: "/watch",
    summary: "Which markets are looked at whenever a candle closes, by which models, and how each stands",
    responses: { 200: given("it", standing) },
  }),
  change: createRoute({
    method: "put",
    path: "/watch",
    summary: "Change that; nothing is ever traded by it",
    request: taken(watch),
    responses: { 200: given("it", standing) },
  }),
}

function callAnswer({ atr, baseline, close, entry, stop, outcome, ...said }: KeptCall): z.infer<typeof call> {
  return {
    ...said,
    baseline: baseline ?? null,
    close: decimalText(close),
    atr: textOrNull(atr ?? null),
    entry: textOrNull(entry ?? null),
    stop: textOrNull(stop ?? null),
    outcome: outcome && { ...outcome, close: decimalText(outcome.close) },
  }
}

/** Trained models, what they and indicators say of watched markets, and what came of it. */
export function signalRoutes({ signals }: { signals: Signals }) {
  const watchAnswer = () => ({ ...signals.watch, standings: signals.standings() })
  return resource()
    .openapi(routes.list, async (c) => {
      const { items, records } = await signals.list(c.req.valid("query"))
      return c.json({ items: items.map(callAnswer), records, next: null }, 200)
    })
    .openapi(routes.models, async (c) => c.json({ items: await signals.models(), next: null }, 200))
    .openapi(routes.add, async (c) => c.json(await signals.add(c.req.valid("json"), actorOf(c)), 201))
    .openapi(routes.remove, async (c) => {
      if (!(await signals.remove(c.req.valid("param").hash, actorOf(c)))) throw unknown("model")
      return c.body(null, 204)
    })
    .openapi(routes.adopt, async (c) => {
      const adopted = await signals.adopt(c.req.valid("param").hash, c.req.valid("json").bot)
      if (adopted === undefined) throw unknown("model or bot that carries it")
      return c.json(adopted, 200)
    })
    .openapi(routes.watch, (c) => c.json(watchAnswer(), 200))
    .openapi(routes.change, async (c) => {
      await signals.watchThese(c.req.valid("json"), actorOf(c))
      return c.json(watchAnswer(), 200)
    })
}
