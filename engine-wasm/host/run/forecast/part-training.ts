import { ln } from "../../candles/elementary-function.ts"
import { timeframesMs } from "../../candles/timeframe.ts"
import { medianOf, quantileOfSorted } from "../../result/statistics/quantile.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { ModelPart } from "../../strategy/model/forecast-model.ts"
import { weightsText } from "../../strategy/model/part-weights.ts"
import { FEWEST_EXAMPLES, tooFewToLearn } from "./few-candles.ts"
import type { Fold } from "./folds.ts"
import type { ForecastData } from "./forecast-data.ts"
import { happenedBy } from "./outcomes.ts"
import { calibrated, fittedLinear, scoreAt } from "./linear-fit.ts"
import type { ForecastRequest } from "./forecast-request.ts"
import { featureScale, meanAndSpread, standardColumn, type FeatureScale } from "./standard-features.ts"

/** What one part of history learns from: rows of candles, and what came of them. */
export type PartExamples = {
  rows: number[]
  /** By candle. */
  actual: Float64Array
  /** What of the target counts as the event. */
  threshold: number
  /** By candle: 1 or 0. */
  happened: Float64Array
  baseRate: number
}

/** A class with a smaller share than this cannot be told from chance. */
const LEAST_SHARE = 0.02
/** Nine in ten training misses were smaller than the band. */
const BAND_QUANTILE = 0.9

/** The examples of a fold, or why there is nothing to learn from, and in what. */
export function partExamples(
  { features, streak }: Pick<ForecastData, "features" | "streak">,
  actual: Float64Array,
  {
    lastSeen,
    target,
    horizonCandles,
    windowCandles,
  }: {
    lastSeen: number
    windowCandles: number
  } & Pick<ForecastRequest, "target" | "horizonCandles">,
): PartExamples | StrategyProblem {
  const rows: number[] = []
  for (let row = 0; row + horizonCandles <= lastSeen; row++)
    if (streak[row] >= windowCandles && Number.isFinite(actual[row])) rows.push(row)
  if (rows.length < FEWEST_EXAMPLES)
    return { path: "candles", because: tooFewToLearn({ candles: streak.length, examples: rows.length }) }
  if (features.every((column) => rows.every((row) => column[row] === column[rows[0]])) && !isFixed(features))
    return {
      path: "features",
      because: "nothing ever changes in what it would look at; choose other features or another market",
    }
  const threshold = target === "volatility" ? medianOf(Float64Array.from(rows, (row) => actual[row])) : 0
  const happened = actual.map((value) => happenedBy(value, threshold))
  const baseRate = rows.reduce((sum, row) => sum + happened[row], 0) / rows.length
  if (Math.min(baseRate, 1 - baseRate) < LEAST_SHARE)
    return {
      path: "candles",
      because: `the outcome is the same at ${Math.round(100 * Math.max(baseRate, 1 - baseRate))} % of the candles; there is nothing to tell apart`,
    }
  return { rows, actual, threshold, happened, baseRate }
}

/** Whether a model looks at nothing on purpose. */
const isFixed = (features: readonly Float64Array[]) =>
  features.length === 1 && features[0].every((value) => value === 0 || Number.isNaN(value))

/** A model's one number for each candle, and how a part came to it: the weights before the tail. */
export type PartBody = { scale: FeatureScale; body: ArrayLike<number>; scores: Float64Array; isProbability: boolean }

/** Trains what has a closed form. */
export function linearBody(data: ForecastData, examples: PartExamples, request: ForecastRequest): PartBody {
  if (request.kind === "logistic" || request.kind === "ridge") return fittedBody(data, examples, request)
  const isConstant = request.kind === "drift" || request.kind === "alwaysUp"
  const scale = { means: new Float32Array(1), inverses: new Float32Array([1]) }
  const scores = standardColumn(data.features[0], 0, scale)
  return {
    scale,
    body: [isConstant ? 0 : 1, 0],
    scores: isConstant ? scores.map(() => 0) : scores,
    isProbability: false,
  }
}

function fittedBody(data: ForecastData, { rows, actual, happened }: PartExamples, request: ForecastRequest): PartBody {
  const scale = featureScale(data.features, rows)
  const columns = data.features.map((column, n) => standardColumn(column, n, scale))
  const picked = columns.map((column) => Float64Array.from(rows, (row) => column[row]))
  const isLogistic = request.target === "direction"
  const wanted = isLogistic ? happened : actual
  const spread = isLogistic ? 1 : meanAndSpread(wanted, rows).spread
  const labels = Float64Array.from(rows, (row) => wanted[row] / spread)
  const fit = fittedLinear(
    { columns: picked, labels },
    {
      loss: isLogistic ? "logistic" : "squared",
      gap: request.horizonCandles,
    },
  )
  const rounded = {
    weights: Float64Array.from(fit.weights, (w) => Math.fround(w * spread)),
    bias: Math.fround(fit.bias * spread),
  }
  const scores = columns[0].map((_, row) => scoreAt(columns, rounded, row))
  return { scale, body: [...rounded.weights, rounded.bias], scores, isProbability: isLogistic }
}

/** The finished part: its body, and how its number becomes a forecast, learnt from `judges` (rows). */
export function finishedPart(
  data: ForecastData,
  examples: PartExamples,
  trained: PartBody,
  { fold, request, judges = examples.rows }: { fold: Fold; request: ForecastRequest; judges?: readonly number[] },
): ModelPart {
  const tail = tailOf(examples, trained, request, judges)
  const { means, inverses } = trained.scale
  return {
    trainedFromMs: data.openTimeMs[examples.rows[0]],
    ...partTimes(data, fold, request),
    weights: weightsText([...means, ...inverses, ...Array.from(trained.body), ...tail]),
  }
}

/** When a part has seen its last candle, and from when on it may speak; gaps in the candles only widen the distance. */
export function partTimes(
  { openTimeMs }: Pick<ForecastData, "openTimeMs">,
  { lastSeen, speaksFrom }: Fold,
  { timeframe, horizonCandles }: Pick<ForecastRequest, "timeframe" | "horizonCandles">,
): Pick<ModelPart, "trainedUntilMs" | "readyFromMs"> {
  const candleMs = timeframesMs[timeframe]
  const trainedUntilMs = openTimeMs[lastSeen] + candleMs
  const readyFromMs = openTimeMs[speaksFrom] ?? trainedUntilMs + horizonCandles * candleMs
  return { trainedUntilMs, readyFromMs }
}

/** In the order of ForecastTail. */
function tailOf(
  { actual, happened, threshold, baseRate }: PartExamples,
  { scores, isProbability }: PartBody,
  { kind, target }: ForecastRequest,
  judges: readonly number[],
): number[] {
  const said = Float64Array.from(judges, (row) => scores[row])
  const { slope, shift } = isProbability
    ? { slope: 1, shift: 0 }
    : probabilityOf(
        kind,
        baseRate,
        said,
        Float64Array.from(judges, (row) => happened[row]),
      )
  if (target === "direction") return [slope, shift, slope, shift, 0, threshold, baseRate]
  const meanActual = judges.reduce((sum, row) => sum + actual[row], 0) / judges.length
  const isConstant = kind === "drift" || kind === "alwaysUp"
  const scaleOfValue = kind === "ridge" || kind === "lstm" ? 1 : isConstant ? 0 : PERCENT
  const valueShift = isConstant ? meanActual : 0
  const misses = judges.map((row) => Math.abs(actual[row] - (scores[row] * scaleOfValue + valueShift)))
  const band = quantileOfSorted(
    misses.toSorted((a, b) => a - b),
    BAND_QUANTILE,
  )
  return [scaleOfValue, valueShift, slope, shift, band, threshold, baseRate]
}

const PERCENT = 100
/** "Always up" is never in doubt, however little it knows. */
const BARELY_UP = 0.5001

function probabilityOf(kind: ForecastRequest["kind"], baseRate: number, said: Float64Array, happened: Float64Array) {
  if (kind === "alwaysUp" || kind === "drift") {
    const share = kind === "alwaysUp" ? Math.max(baseRate, BARELY_UP) : baseRate
    return { slope: 0, shift: ln(share / (1 - share)) }
  }
  return calibrated(said, happened)
}
