import { timeframesMs } from "../../candles/timeframe.ts"
import type { Candles } from "../../candles/candles.ts"
import { type ForecastCard, forecastCard } from "../../result/forecast-card/forecast-card.ts"
import type { ForecastColumns } from "../../result/forecast-card/forecast-columns.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { namesInText } from "../../strategy/formula/names-in-text.ts"
import type { ForecastModel } from "../../strategy/model/forecast-model.ts"
import { partTail, partWeights } from "../../strategy/model/part-weights.ts"
import type { Engine } from "../engine/engine.ts"
import { openSession } from "../engine/engine-session.ts"
import { seriesIn } from "../series.ts"
import { forecastData } from "./forecast-data.ts"
import { doubtedCard } from "./too-good.ts"
import { happenedBy, outcomesOf } from "./outcomes.ts"

/** A usual fee of a spot market for each side, percent. */
export const USUAL_FEE_PERCENT = 0.1

/**
 * How good a model was on candles it had not seen, by the forecasts that the engine makes with it: each part is asked
 * about candles after its own time only. Throws where the candles cannot be joined into the model's timeframe.
 */
export function scoreForecast(
  engine: Engine,
  model: ForecastModel,
  candles: Candles,
  { feePercent = USUAL_FEE_PERCENT }: { feePercent?: number } = {},
): ForecastCard {
  const card = forecastCard(forecastColumns(engine, model, candles, feePercent))
  const columns = columnsIn(model.features, Object.keys(candles.extra))
  return doubtedCard(card, { columns, isSwing: model.target === "volatility" })
}

/** Those of a file's columns that formulas look at. */
function columnsIn(formulas: readonly string[], columns: readonly string[]): string[] {
  return columns.filter((column) => formulas.some((text) => namesInText(text).includes(column)))
}

/** The same for a model and candles of anyone; or why they do not go together. */
export function judgedForecast(
  engine: Engine,
  model: ForecastModel,
  candles: Candles,
  options: { feePercent?: number } = {},
): { ok: true; card: ForecastCard } | { ok: false; problems: StrategyProblem[] } {
  const found = forecastData(engine, { ...model, candles })
  if (!found.ok) return found
  return { ok: true, card: scoreForecast(engine, model, candles, options) }
}

const asked = { value: `forecast("model")`, probability: `forecast("model").probability`, close: "close" }

/** What a model said of each candle, and what came. */
export function forecastColumns(
  engine: Engine,
  model: ForecastModel,
  candles: Candles,
  feePercent: number,
): ForecastColumns {
  const session = openSession(engine, [{ market: model.made.market, candles }])
  const answer = seriesIn(session, Object.values(asked), model.timeframe, { model })
  if (!answer.ok) throw new Error(answer.problems[0].because)
  const [value, probability, close] = Object.values(asked).map((text) => answer.series[text].slice())
  const openTimeMs = answer.openTimeMs.slice()
  const actual = outcomesOf(close, model)
  const parts = partOfEach(openTimeMs, model)
  const tails = model.parts.map((part) => partTail(partWeights(part)))
  const ofPart = (read: (n: number) => number) => Float64Array.from(parts, (n) => (n < 0 ? Number.NaN : read(n)))
  return {
    openTimeMs,
    close,
    value,
    probability,
    actual,
    happened: actual.map((came, row) => (parts[row] < 0 ? Number.NaN : happenedBy(came, tails[parts[row]].threshold))),
    naiveProbability: ofPart((n) => tails[n].baseRate),
    trainedUntilMs: ofPart((n) => model.parts[n].trainedUntilMs),
    target: model.target,
    horizonCandles: model.horizonCandles,
    timeframeMs: timeframesMs[model.timeframe],
    feePercent,
  }
}

/** The part that speaks for each candle; -1 before the first. */
function partOfEach(openTimeMs: Float64Array, { parts }: ForecastModel): Int32Array {
  let part = -1
  return Int32Array.from(openTimeMs, (openMs) => {
    while (part + 1 < parts.length && openMs >= parts[part + 1].readyFromMs) part++
    return part
  })
}
