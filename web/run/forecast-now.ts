import type { Candles } from "#engine/candles"
import { type Engine, type EngineSession, openSession, seriesIn } from "#engine/run"
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

const outputs = ["value", "probability", "low", "high"] as const

function forecastNow(session: EngineSession, model: ForecastModel): ForecastNow {
  const { hash } = model
  const formulas =
    model.kind === "regimes" ? [`regime("model")`] : outputs.map((output) => `forecast("model").${output}`)
  const answer = seriesIn(session, formulas, model.timeframe, { model })
  if (!answer.ok) return { hash, ...nothing, because: `It cannot be asked here: ${answer.problems[0].because}.` }
  const [value, probability = null, low = null, high = null] = formulas.map((text) => lastOf(answer.series[text]))
  const openMs = answer.openTimeMs.at(-1) ?? -Infinity
  const baseRate = baseRateAt(model, openMs)
  const silent = value === null ? { because: silence(model, openMs) } : {}
  return { hash, value, probability, low, high, baseRate, ...silent }
}

const nothing = { value: null, probability: null, low: null, high: null, baseRate: null }

function lastOf(column: Float64Array): number | null {
  const last = column.at(-1) ?? Number.NaN
  return Number.isFinite(last) ? last : null
}

function baseRateAt({ kind, parts }: ForecastModel, openMs: number): number | null {
  const part = parts.findLast(({ readyFromMs }) => readyFromMs <= openMs)
  if (part === undefined || kind === "regimes") return null
  const { baseRate } = partTail(partWeights(part))
  return Number.isFinite(baseRate) ? baseRate : null
}

function silence({ parts, windowCandles }: ForecastModel, openMs: number): string {
  return parts[0].readyFromMs > openMs
    ? "It learnt from these candles, so it says nothing of them."
    : `It needs more candles before this one than there are: its window is ${windowCandles}, and its features need some of their own.`
}
