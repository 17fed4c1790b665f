import { hashOfMarkets } from "../backtest.ts"
import type { ForecastCard } from "../../result/forecast-card/forecast-card.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { type ForecastModel, modelLimits, type ModelPart } from "../../strategy/model/forecast-model.ts"
import { modelHash } from "../../strategy/model/model-hash.ts"
import { modelNameProblems } from "../../strategy/model/model-names.ts"
import type { Engine } from "../engine/engine.ts"
import { type Fold, walkForward } from "./folds.ts"
import { forecastData, type ForecastData } from "./forecast-data.ts"
import { foldsOf, type ForecastRequest, lstmShape, MOST_FOLDS, usualFeatures } from "./forecast-request.ts"
import { outcomesOf } from "./outcomes.ts"
import { finishedPart, linearBody, partExamples } from "./part-training.ts"
import { scoreForecast } from "./score-forecast.ts"
import { sequencePart, type SequenceTrainer } from "./sequence-part.ts"

export type TrainingNews =
  | { kind: "part"; part: number; parts: number }
  | { kind: "epoch"; part: number; parts: number; epoch: number; trainLoss: number; validationLoss: number }

export type TrainingHooks = {
  /** Trains an lstm; without it none can be asked for. */
  trainSequence?: SequenceTrainer
  onNews?: (news: TrainingNews) => void
  signal?: AbortSignal
  /** Parts that an earlier, interrupted training finished. */
  finished?: readonly ModelPart[]
  /** Each part as soon as it is finished. */
  onPart?: (part: ModelPart) => void | Promise<void>
  feePercent?: number
}

export type Trained =
  | { ok: true; model: ForecastModel; card: ForecastCard }
  | { ok: false; problems: StrategyProblem[] }

/**
 * Trains a forecast part by part through history, each part by what was known before it, and says how good it was at
 * what it had not seen. The same request gives the same model; an interrupted training goes on with its finished parts.
 * Throws the signal's reason.
 */
export async function trainForecast(
  engine: Engine,
  request: ForecastRequest,
  hooks: TrainingHooks = {},
): Promise<Trained> {
  const { features = usualFeatures(request) } = request
  const problems = requestProblems(request, features)
  if (problems.length > 0) return { ok: false, problems }
  const found = forecastData(engine, { ...request, features })
  if (!found.ok) return refused(request, found.problems)
  const parts = await trainedParts(engine, found.data, { ...request, features }, hooks)
  if (!parts.ok) return refused(request, parts.problems)
  const model = await finishedModel(engine, { ...request, features }, found.data, parts.parts)
  return { ok: true, model, card: scoreForecast(engine, model, request.candles, hooks) }
}

/** Features that nobody chose are not to blame: the candles do not suit them. */
function refused(
  { features }: ForecastRequest,
  problems: StrategyProblem[],
): { ok: false; problems: StrategyProblem[] } {
  const placed = problems.map((problem) => {
    if (features !== undefined || !problem.path.startsWith("features")) return problem
    return { path: "candles", because: `they do not suit what such a model looks at: ${problem.because}` }
  })
  return { ok: false, problems: placed }
}

type Asked = ForecastRequest & { features: readonly string[] }

function requestProblems(request: ForecastRequest, features: readonly string[]) {
  const { kind, horizonCandles, folds, lstm } = request
  const whole = (path: string, value: number | undefined, [least, most]: [number, number]): StrategyProblem[] =>
    value === undefined || (Number.isInteger(value) && value >= least && value <= most)
      ? []
      : [{ path, because: `it must be a whole number from ${least} to ${most}, not ${value}` }]
  return [
    ...modelNameProblems(request),
    ...whole("horizonCandles", horizonCandles, [1, modelLimits.horizonCandles]),
    ...whole("folds", folds, [1, MOST_FOLDS]),
    ...whole("features", features.length, [1, modelLimits.features]),
    ...(kind === "lstm"
      ? [
          ...whole("lstm.units", lstm?.units, [2, modelLimits.units]),
          ...whole("lstm.windowCandles", lstm?.windowCandles, [2, modelLimits.windowCandles]),
        ]
      : []),
  ]
}

async function trainedParts(
  engine: Engine,
  data: ForecastData,
  request: Asked,
  { finished = [], onPart, onNews, signal, trainSequence }: TrainingHooks,
): Promise<{ ok: true; parts: ModelPart[] } | { ok: false; problems: StrategyProblem[] }> {
  const actual = outcomesOf(data.close, request)
  const folds = walkForward({
    candles: data.close.length,
    horizonCandles: request.horizonCandles,
    folds: foldsOf(request),
  })
  const parts: ModelPart[] = []
  for (const [n, fold] of folds.entries()) {
    signal?.throwIfAborted()
    const kept = finished.at(n)
    const trained = kept ?? (await onePart(n, fold))
    if ("because" in trained) return { ok: false, problems: [trained] }
    parts.push(trained)
    if (!kept) await onPart?.(trained)
    onNews?.({ kind: "part", part: n + 1, parts: folds.length })
  }
  return { ok: true, parts }

  async function onePart(n: number, fold: Fold): Promise<ModelPart | StrategyProblem> {
    const { windowCandles } = lstmShape(request)
    const examples = partExamples(data, actual, { ...request, ...fold, windowCandles })
    if ("because" in examples) return examples
    if (request.kind !== "lstm")
      return finishedPart(data, examples, linearBody(data, examples, request), { fold, request })
    if (!trainSequence) throw new Error("an lstm needs a trainer")
    const onEpoch = (epoch: { epoch: number; trainLoss: number; validationLoss: number }) =>
      onNews?.({ kind: "epoch", part: n + 1, parts: folds.length, ...epoch })
    return sequencePart(engine, data, examples, { fold, part: n, request, trainSequence, onEpoch, signal })
  }
}

async function finishedModel(
  engine: Engine,
  request: Asked,
  data: ForecastData,
  parts: ModelPart[],
): Promise<ForecastModel> {
  const { name, kind, target, horizonCandles, timeframe, features, market, seed, version = 1 } = request
  const made = {
    engine: engine.sha256,
    data: await hashOfMarkets([{ market, candles: request.candles }]),
    market,
    seed,
    examples: data.streak.reduce((count, streak) => count + Number(streak > 0), 0),
    version,
  }
  const shape = { kind, target, horizonCandles, timeframe, features: [...features], ...lstmShape(request) }
  const model = { format: "candlewright.model/1" as const, name, ...shape, parts, made }
  return { ...model, hash: modelHash(model) }
}
