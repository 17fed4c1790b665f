import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { ForecastModel, ModelPart } from "../../strategy/model/forecast-model.ts"
import { weightsText } from "../../strategy/model/part-weights.ts"
import { ForecastTail } from "../../../assembly/forecast/forecast-word.ts"
import type { Engine } from "../engine/engine.ts"
import { openSession } from "../engine/engine-session.ts"
import { seriesIn } from "../series.ts"
import type { Fold } from "./folds.ts"
import type { ForecastData } from "./forecast-data.ts"
import type { ForecastRequest } from "./forecast-request.ts"
import { finishedPart, type PartBody, type PartExamples } from "./part-training.ts"
import { featureScale, meanAndSpread, standardColumn } from "./standard-features.ts"
import { lstmShape } from "./forecast-request.ts"

/** One training of an lstm: standardised columns, which candles end its windows, and what it should say there. */
export type SequenceTask = {
  columns: Float32Array[]
  windowCandles: number
  units: number
  /** The candle that ends each window, for learning and for stopping early. */
  examples: Int32Array
  validation: Int32Array
  /** By candle. */
  labels: Float32Array
  loss: "crossEntropy" | "squared"
  seed: number
  /** Which part of history it is for. */
  part: number
}

export type SequenceEpoch = { epoch: number; trainLoss: number; validationLoss: number }

/** Trains an lstm: its weights in the order of a model file, without the features' scale and the tail; or why not. */
export type SequenceTrainer = (
  task: SequenceTask,
  hooks: { onEpoch: (epoch: SequenceEpoch) => void; signal: AbortSignal },
) => Promise<Float32Array | string>

/** An lstm learns from no more than these, the newest. */
export const MOST_SEQUENCES = 6_000
const VALIDATION_SHARE = 0.2

type Options = {
  fold: Fold
  part: number
  request: ForecastRequest & { features: readonly string[] }
  trainSequence: SequenceTrainer
  onEpoch: (epoch: SequenceEpoch) => void
  signal?: AbortSignal
}

/**
 * One part of an lstm. The newest examples, behind a gap, decide when to stop and how its number becomes a probability;
 * neither they nor the gap are learnt from.
 */
export async function sequencePart(
  engine: Engine,
  data: ForecastData,
  examples: PartExamples,
  { fold, part, request, trainSequence, onEpoch, signal }: Options,
): Promise<ModelPart | StrategyProblem> {
  const { units, windowCandles } = lstmShape(request)
  const rows = examples.rows.slice(-MOST_SEQUENCES)
  const judgedFrom = Math.floor(rows.length * (1 - VALIDATION_SHARE))
  const learnt = rows.slice(0, Math.max(1, judgedFrom - request.horizonCandles))
  const judges = rows.slice(judgedFrom)
  const scale = featureScale(data.features, learnt)
  const isDirection = request.target === "direction"
  const wanted = isDirection ? examples.happened : examples.actual
  const { mean, spread } = isDirection ? { mean: 0, spread: 1 } : meanAndSpread(wanted, learnt)
  const body = await trainSequence(
    {
      columns: data.features.map((column, n) => Float32Array.from(standardColumn(column, n, scale))),
      windowCandles,
      units,
      examples: Int32Array.from(learnt),
      validation: Int32Array.from(judges),
      labels: Float32Array.from(wanted, (value) => (value - mean) / spread),
      loss: isDirection ? "crossEntropy" : "squared",
      seed: request.seed,
      part,
    },
    { onEpoch, signal: signal ?? new AbortController().signal },
  )
  if (typeof body === "string") return { path: "candles", because: body }
  const inUnits = inOwnUnits(body, units, { mean, spread })
  const scores = scoresOf(engine, data, { scale, body: inUnits, request })
  const trained = { scale, body: inUnits, scores, isProbability: false }
  return finishedPart(data, { ...examples, rows }, trained, { fold, request, judges })
}

/** The dense layer, which comes last, so that the model says percents instead of deviations. */
function inOwnUnits(
  body: Float32Array,
  units: number,
  { mean, spread }: { mean: number; spread: number },
): Float32Array {
  const own = body.slice()
  const dense = own.length - units - 1
  for (let n = dense; n < own.length; n++) own[n] *= spread
  own[own.length - 1] += mean
  return own
}

/** The model's number for every candle, by the engine that will use it. */
function scoresOf(
  engine: Engine,
  data: ForecastData,
  { scale, body, request }: Pick<PartBody, "scale" | "body"> & Pick<Options, "request">,
): Float64Array {
  const tail = new Float32Array(ForecastTail.length)
  tail[ForecastTail.valueScale] = 1
  const weights = weightsText([...scale.means, ...scale.inverses, ...Array.from(body), ...tail])
  const part = { trainedFromMs: 0, trainedUntilMs: 0, readyFromMs: 0, weights }
  const { kind, features, timeframe, target, horizonCandles } = request
  const shape = { name: "", kind, target, horizonCandles, timeframe, features: [...features], ...lstmShape(request) }
  const made = { engine: "", data: "", market: "", seed: 0, examples: 0, version: 1 }
  const model: ForecastModel = { format: "candlewright.model/1", ...shape, parts: [part], made, hash: weights }
  const asked = `forecast("m")`
  const answer = seriesIn(openSession(engine, [{ market: "", candles: request.candles }]), [asked], timeframe, {
    m: model,
  })
  if (!answer.ok) throw new Error(`a model just trained does not compile: ${answer.problems[0].because}`)
  return answer.series[asked].slice(0, data.close.length)
}
