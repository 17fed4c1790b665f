import { type Candles, formatPercent, type Timeframe, timeframesMs } from "#engine/candles"
import {
  AHEAD_CANDLES,
  callsOfVotes,
  type Engine,
  type EngineSession,
  hashOfMarkets,
  indicatorVotes,
  type MarketAction,
  openSession,
  readModel,
  STOP_ATRS,
} from "#engine/run"
import { type ForecastModel, type ModelPart, partTail, partWeights } from "#engine/strategy"
import type { VenueId } from "#venues"
import type { CallForecast, KeptCall } from "./kept-call.ts"

/** Closed candles of a market, and who speaks of them. */
type MarketLook = {
  engine: Engine
  venue: VenueId
  market: string
  timeframe: Timeframe
  candles: Candles
  models: readonly ForecastModel[]
  votes: boolean
  /** Lets bots have their turn between two of them. */
  giveWay: () => Promise<void>
}

/** What models and votes say at the last of these candles; one that does not know yet says nothing. */
export async function callsAt(look: MarketLook): Promise<KeptCall[]> {
  const { engine, venue, market, timeframe, candles, models, votes, giveWay } = look
  const inputHash = await hashOfMarkets([{ market, candles }])
  const kept = { venue, engine: engine.sha256, inputHash }
  const calls: KeptCall[] = []
  for (const model of models) {
    const said = forecastCall(look, model)
    if (said !== undefined) calls.push({ ...said, ...kept })
    await giveWay()
  }
  if (votes)
    for (const call of callsOfVotes(market, indicatorVotes(engine, candles, timeframe, AHEAD_CANDLES)))
      calls.push({ ...call, ...kept, id: `${venue} ${call.id}`, forecast: null })
  return calls
}

type ForecastCall = Omit<KeptCall, "engine" | "inputHash">

function forecastCall(look: MarketLook, model: ForecastModel): ForecastCall | undefined {
  const session = openSession(look.engine, [{ market: look.market, candles: look.candles }])
  const read = lastForecast(session, model)
  const part = read && partAt(model, read.openMs)
  if (read === undefined || part === undefined) return undefined
  const { venue, market, timeframe, candles } = look
  const { close, atr, openMs } = read
  const tail = partTail(partWeights(part))
  const forecast = forecastOf(model, read, tail.threshold)
  const isYes = forecast.probability > HALF
  const action: MarketAction = model.target === "volatility" ? "HOLD" : isYes ? "BUY" : "SELL"
  const side = { BUY: -1, SELL: 1, HOLD: null }[action]
  const stop = side === null || atr === null ? null : close + side * STOP_ATRS * atr
  const closedMs = openMs + timeframesMs[timeframe]
  const source = `forecast:${model.hash}`
  return {
    id: [venue, source, market, timeframe, closedMs].join(" "),
    source,
    venue,
    market,
    timeframe,
    candleClosedMs: closedMs,
    aheadCandles: model.horizonCandles,
    action,
    probability: sureOf(forecast.probability),
    close,
    atr,
    baseline: isYes ? tail.baseRate : 1 - tail.baseRate,
    entry: side === null ? null : close,
    stop: stop === null ? null : Number(stop.toFixed(candles.priceDecimals)),
    reasoning: [inWords(model, forecast, tail.baseRate)],
    forecast,
    outcome: null,
  }
}

const HALF = 0.5

/** A probability of yes as one of being right. */
function sureOf(probability: number): number {
  return Math.max(probability, 1 - probability)
}

type LastForecast = Record<"openMs" | "close" | "value" | "probability", number> &
  Record<"atr" | "low" | "high", number | null>

/** Undefined while the model does not know. Throws where it cannot be computed of these candles at all. */
function lastForecast(session: EngineSession, model: ForecastModel): LastForecast | undefined {
  const read = readModel(session, model, ["close", "atr(14)"])
  if (!read.ok) throw new Error(read.problems[0].because)
  const { openMs, said, besides } = read.reading
  const { value, probability, low, high } = said
  const [close, atr] = besides
  if (value === null || probability === null || close === null || openMs === undefined) return undefined
  return { openMs, close, atr, value, probability, low, high }
}

/** The part that speaks for a candle. */
function partAt({ parts }: ForecastModel, openMs: number): ModelPart | undefined {
  return parts.findLast(({ readyFromMs }) => readyFromMs <= openMs)
}

function forecastOf(model: ForecastModel, read: LastForecast, threshold: number): CallForecast {
  const { hash, name, target, made } = model
  const { value, probability, low, high } = read
  return { hash, name, version: made.version, target, value, probability, low, high, threshold }
}

function inWords(
  { name, target, horizonCandles, made }: ForecastModel,
  forecast: CallForecast,
  baseRate: number,
): string {
  const event = target === "volatility" ? "more swing than usual" : "a higher close"
  const ahead = horizonCandles === 1 ? "after the next candle" : `${horizonCandles} candles later`
  const usual = formatPercent(100 * baseRate)
  return `The forecast ${name} (version ${made.version}) gives ${event} ${ahead} ${formatPercent(100 * forecast.probability)}; where it learnt, that came in ${usual}.`
}
