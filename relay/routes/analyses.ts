import { createRoute, z } from "@hono/zod-openapi"
import { isTimeframe, type Timeframe, timeframesMs } from "#engine/candles"
import { trackRecord, trackRecordInWords } from "#models"
import type { Analyses } from "../analyses/analyses.ts"
import type { KeptAnalysis } from "../analyses/analysis-store.ts"
import { decimalText, textOrNull } from "../ledger/decimal-text.ts"
import { actorOf, given, listOf, resource, taken, timeMs, venueName } from "./resource.ts"

const action = z.enum(["BUY", "SELL", "HOLD"])
/** Quote currency, a decimal text. */
const price = z.string().nullable()
const analysis = z.object({
  id: z.string(),
  atMs: timeMs,
  venue: venueName,
  market: z.string(),
  /** Nobody ever traded at these prices. */
  isMadeUp: z.boolean(),
  action,
  confidence: z.int().min(0).max(100),
  entry: price,
  stop: price,
  reasons: z.array(z.string()),
  by: z.object({ kind: z.enum(["rules", "model"]), id: z.string().optional(), name: z.string().optional() }),
  /** What of a model's answer did not hold against the facts. */
  notTaken: z.array(z.string()),
  /** As they were computed then; what a formula comes to is a plain number. */
  facts: z.looseObject({ close: z.string(), low: price, high: price, atr: price }),
  /** The close 24 candles later, and whether it came true; null until then. */
  outcome: z.object({ close: z.string(), cameTrue: z.boolean() }).nullable(),
})
const record = z.object({
  count: z.int(),
  cameTrue: z.int(),
  between: z.object({ lowPercent: z.number(), highPercent: z.number() }).nullable(),
  baselinePercent: z.number().nullable(),
  better: z.boolean(),
  brier: z.number().nullable(),
  bins: z.array(
    z.object({
      fromPercent: z.number(),
      toPercent: z.number(),
      meanPercent: z.number(),
      count: z.int(),
      cameTrue: z.int(),
    }),
  ),
  inWords: z.string(),
})
const limit = z.int().min(0).max(1_000_000_000).nullable()
const watch = z.strictObject({
  markets: z.array(z.strictObject({ venue: venueName, symbol: z.string().min(1).max(40) })).max(50),
  timeframe: z
    .string()
    .refine(isTimeframe, `it is one of ${Object.keys(timeframesMs).join(" ")}`)
    .transform((text) => text as Timeframe),
  everyMinutes: z.int().min(15).max(10_080),
  /** A model at a kept key; null: our own rules. */
  model: z.strictObject({ keyId: z.string().max(100), model: z.string().min(1).max(200) }).nullable(),
  /** Of the relay alone, in millionths of a dollar; null is no limit. */
  budget: z.strictObject({ dayMicroDollars: limit, monthMicroDollars: limit, allowsUnknownPrices: z.boolean() }),
  /** Kept as it is, and not looked at. */
  isPaused: z.boolean().optional(),
})
const standing = watch.extend({
  /** When the relay looks next; null where it does not. */
  nextMs: timeMs.nullable(),
  /** What its models came to on this UTC day and in this month. */
  dayMicroDollars: z.int(),
  monthMicroDollars: z.int(),
})

const routes = {
  list: createRoute({
    method: "get",
    path: "/",
    summary: "What was said of markets, each with its facts and, once it is known, its outcome; the newest first",
    responses: { 200: given("them", listOf(analysis)) },
  }),
  record: createRoute({
    method: "get",
    path: "/record",
    summary: "How often what was said came true, by how sure it was, and what a coin would have had",
    responses: { 200: given("it", record) },
  }),
  watch: createRoute({
    method: "get",
    path: "/watch",
    summary: "Which markets the relay looks at by itself, how often, by which model, and what that may cost",
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

const MOST_SHOWN = 200

function analysisAnswer({ entry, stop, facts, outcome, ...said }: KeptAnalysis): z.infer<typeof analysis> {
  const { close, low, high, atr } = facts
  return {
    ...said,
    entry: textOrNull(entry),
    stop: textOrNull(stop),
    facts: { ...facts, close: decimalText(close), low: textOrNull(low), high: textOrNull(high), atr: textOrNull(atr) },
    outcome: outcome && { ...outcome, close: decimalText(outcome.close) },
  }
}

/** What the relay says of markets, and how often it was right. */
export function analysisRoutes({ analyses }: { analyses: Analyses }) {
  return resource()
    .openapi(routes.list, async (c) => {
      const items = (await analyses.list()).slice(0, MOST_SHOWN).map(analysisAnswer)
      return c.json({ items, next: null }, 200)
    })
    .openapi(routes.record, async (c) => {
      const found = trackRecord(await analyses.list())
      return c.json({ ...found, inWords: trackRecordInWords(found) }, 200)
    })
    .openapi(routes.watch, async (c) => c.json({ ...analyses.watch, ...(await analyses.standing()) }, 200))
    .openapi(routes.change, async (c) => {
      await analyses.watchThese(c.req.valid("json"), actorOf(c))
      return c.json({ ...analyses.watch, ...(await analyses.standing()) }, 200)
    })
}
