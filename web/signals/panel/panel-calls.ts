import { timeframesMs } from "#engine/candles"
import { AHEAD_CANDLES, callOf, callsOfVotes, dueMsOf, type MarketReading, type SignalCall } from "#engine/run"
import type { ForecastModel } from "#engine/strategy"
import type { Analysis } from "#models"
import { sampleMarket } from "../../db/sample-market.ts"
import type { KeptCall } from "../../db/signal-call.ts"
import type { ForecastNow } from "../../run/forecast-now.ts"
import type { SignalsFound } from "../../run/signals-job.ts"

/** A market whose last candle is older than this many has ended: nothing is said of now. */
const FRESH_CANDLES = 2

/** Whether a market's last candle closed so long ago that it has ended, or nobody fetches it. The sample always has. */
export function hasEnded(market: string, { closedMs, timeframe }: LastCandle, nowMs: number): boolean {
  return market === sampleMarket.id || nowMs - closedMs > FRESH_CANDLES * timeframesMs[timeframe]
}

type LastCandle = Pick<MarketReading, "closedMs" | "timeframe">

/** All that is said at the last candle, one call of each source; none whose outcome may be known already. */
export function callsNow(market: string, found: SignalsFound, models: readonly ForecastModel[], nowMs: number) {
  const { reading, votes, forecasts } = found
  if (hasEnded(market, reading, nowMs)) return []
  const [gauge] = callsOfVotes(market, votes).filter(({ source }) => source === "votes")
  const said = forecasts.flatMap((now) => forecastCall(market, reading, now, models) ?? [])
  return [...(gauge ? [gauge] : []), ruleCall(market, reading), ...said].map(kept).filter(({ dueMs }) => nowMs < dueMs)
}

/** An analysis that was asked for, as a call; undefined where its market has ended. */
export function analysisCall(market: string, analysis: Analysis, nowMs: number): KeptCall | undefined {
  const { facts, by, action, confidence, entry, stop, reasons } = analysis
  if (hasEnded(market, facts, nowMs)) return undefined
  const source = by.kind === "rules" ? "rules" : modelSource(by.name)
  return kept(readCall(market, facts, { source, action, confidence, entry, stop, reasons }))
}

/** Calls of a language model are kept under its name. */
function modelSource(name: string): string {
  return `model:${name}`
}

export function forecastSource(hash: string): string {
  return `forecast:${hash}`
}

function ruleCall(market: string, reading: MarketReading): SignalCall {
  return readCall(market, reading, { source: "rules", ...callOf(reading) })
}

type Read = Pick<Analysis, "action" | "confidence" | "entry" | "stop" | "reasons"> & { source: string }

function readCall(market: string, reading: MarketReading, { confidence, reasons, source, ...said }: Read): SignalCall {
  const coin = reading.baselines[said.action]
  return {
    ...callAt(market, reading, { source, aheadCandles: AHEAD_CANDLES }),
    ...said,
    probability: confidence === 0 ? null : confidence / 100,
    baseline: coin.count === 0 ? null : coin.cameTrue / coin.count,
    reasoning: reasons,
  }
}

/** What a model says as a side that can be right; how much a market swings has none. */
function forecastCall(
  market: string,
  reading: MarketReading,
  { hash, probability, baseRate }: ForecastNow,
  models: readonly ForecastModel[],
): SignalCall | undefined {
  const model = models.find((each) => each.hash === hash)
  if (model === undefined || model.target === "volatility" || probability === null) return undefined
  const isUp = probability > 0.5
  return {
    ...callAt(market, reading, { source: forecastSource(hash), aheadCandles: model.horizonCandles }),
    action: isUp ? "BUY" : "SELL",
    probability: isUp ? probability : 1 - probability,
    baseline: baseRate === null ? null : isUp ? baseRate : 1 - baseRate,
    reasoning: [],
  }
}

function callAt(market: string, reading: MarketReading, { source, aheadCandles }: Ahead) {
  const { timeframe, closedMs, close, atr } = reading
  const id = [source, market, timeframe, closedMs].join(" ")
  return { id, source, market, timeframe, candleClosedMs: closedMs, aheadCandles, close, atr, outcome: null }
}

type Ahead = Pick<SignalCall, "source" | "aheadCandles">

function kept(call: SignalCall): KeptCall {
  return { ...call, dueMs: dueMsOf(call) }
}
