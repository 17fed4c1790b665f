import { type Candles, dayText } from "#engine/candles"
import { type Engine, type EngineSession, openSession, readModel } from "#engine/run"
import { type ForecastModel, partTail, partWeights } from "#engine/strategy"

/** What a model says at the last closed candle; null what it does not know. */
export type ForecastNow = {
  hash: string
  value: number | null
  probability: number | null
  low: number | null
  high: number | null
  /** How often what it forecasts happened in the candles it learnt from, 0 to 1. */
  baseRate: number | null
  /** Why it says nothing, as a sentence. */
  because?: string
}

/** Asks each model, by the engine that a backtest asks. */
export function forecastsNow(engine: Engine, candles: Candles, models: readonly ForecastModel[]): ForecastNow[] {
  if (models.length === 0) return []
  const session = openSession(engine, [{ market: "", candles }])
  return models.map((model) => forecastNow(session, model))
}

function forecastNow(session: EngineSession, model: ForecastModel): ForecastNow {
  const { hash } = model
  const read = readModel(session, model)
  if (!read.ok) return { hash, ...nothing, because: `It cannot be asked here: ${read.problems[0].because}.` }
  const { said, openMs = -Infinity } = read.reading
  const silent = said.value === null ? { because: silence(model, openMs) } : {}
  return { hash, ...said, baseRate: baseRateAt(model, openMs), ...silent }
}

const nothing = { value: null, probability: null, low: null, high: null, baseRate: null }

function baseRateAt({ kind, parts }: ForecastModel, openMs: number): number | null {
  const part = parts.findLast(({ readyFromMs }) => readyFromMs <= openMs)
  if (part === undefined || kind === "regimes") return null
  const { baseRate } = partTail(partWeights(part))
  return Number.isFinite(baseRate) ? baseRate : null
}

function silence({ parts, windowCandles }: ForecastModel, openMs: number): string {
  return parts[0].readyFromMs > openMs
    ? `It says nothing of days before ${dayText(parts[0].readyFromMs)}: it learnt from what came until then.`
    : `It needs more candles before this one than there are: its window is ${windowCandles}, and its features need some of their own.`
}
