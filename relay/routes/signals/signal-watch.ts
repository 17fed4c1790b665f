import { z } from "@hono/zod-openapi"
import { isTimeframe, type Timeframe, timeframesMs } from "#engine/candles"
import { signalLimits, USUAL_RETRAIN_DAYS } from "../../signals/signal-watch.ts"
import { timeMs, venueName } from "../resource.ts"
import { modelHash } from "./signal-model.ts"

/** A market as somebody writes it; whether there is one, its exchange says. */
export const marketText = z.string().min(1).max(40)

const timeframe = z
  .string()
  .refine(isTimeframe, `it is one of ${Object.keys(timeframesMs).join(" ")}`)
  .transform((text) => text as Timeframe)
/** Trained again after so many days; null: never. */
const retrainDays = z.int().min(1).max(signalLimits.mostRetrainDays).nullable()
const schedule = z.strictObject({ hash: modelHash, retrainDays: retrainDays.default(USUAL_RETRAIN_DAYS) })

const watched = z.strictObject({
  venue: venueName,
  market: marketText,
  timeframe,
  models: z.array(schedule).max(signalLimits.modelsPerMarket).default([]),
  votes: z.boolean().default(false),
})

/** Which markets are looked at, and what is trained again. */
export const signalWatch = z.strictObject({
  markets: z.array(watched).max(signalLimits.watchedMarkets),
  /** Models that bots carry, to be trained again beside them; none unless named. */
  bots: z.array(schedule).max(signalLimits.models).default([]),
  isPaused: z.boolean().optional(),
})

/** The same, and how each market stands. */
export const standingWatch = signalWatch.extend({
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
