import { z } from "@hono/zod-openapi"
import { forecastTargets } from "#engine/strategy"
import { decimalText, textOrNull } from "../../ledger/decimal-text.ts"
import type { KeptCall } from "../../signals/kept-call.ts"
import { timeMs, venueName } from "../resource.ts"

/** Quote currency, a decimal text. */
const price = z.string().nullable()

/** What a source said of a market at a candle, and what came. */
export const signalCall = z.object({
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

/** How often a source came true. */
export const signalRecord = z.object({
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

/** A call as it is answered: prices as decimal texts. */
export function callAnswer({
  atr,
  baseline,
  close,
  entry,
  stop,
  outcome,
  ...said
}: KeptCall): z.infer<typeof signalCall> {
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
