import { timeframesMs } from "../../candles/timeframe.ts"
import type { StrategyProblem } from "../document/strategy-document-problems.ts"
import type { ForecastModel } from "./forecast-model.ts"
import { modelHash } from "./model-hash.ts"
import { partWeights, weightCount } from "./part-weights.ts"

/** What the schema cannot see of a model: whether its parts fit together and are exactly what its hash names. */
export function modelProblems(model: ForecastModel): StrategyProblem[] {
  const problems = [...shapeProblems(model), ...model.parts.flatMap((_, n) => partProblems(model, n))]
  if (problems.length > 0) return problems
  return modelHash(model) === model.hash
    ? []
    : [
        {
          path: "hash",
          because: "the model is not what its hash names: it was changed after its training. Train it again",
        },
      ]
}

function shapeProblems({ kind, units, windowCandles }: ForecastModel): StrategyProblem[] {
  const isLstm = kind === "lstm"
  if (isLstm ? units < 2 || units % 2 === 1 : kind === "regimes" ? units < 2 : units !== 0)
    return [
      { path: "units", because: isLstm ? "an lstm has an even number of units" : "these units do not fit the kind" },
    ]
  if (!isLstm && windowCandles !== 1) return [{ path: "windowCandles", because: "only an lstm looks at a window" }]
  return []
}

function partProblems(model: ForecastModel, n: number): StrategyProblem[] {
  const { trainedFromMs, trainedUntilMs, readyFromMs, weights } = model.parts[n]
  const at = (field: string, because: string): StrategyProblem[] => [{ path: `parts[${n}].${field}`, because }]
  if (trainedFromMs >= trainedUntilMs) return at("trainedUntilMs", "a training ends after it begins")
  if (readyFromMs < trainedUntilMs + model.horizonCandles * timeframesMs[model.timeframe])
    return at("readyFromMs", "this part would be used for candles whose future it learnt from")
  if (n > 0 && readyFromMs <= model.parts[n - 1].readyFromMs)
    return at("readyFromMs", "list parts in the order of their days")
  return weightProblems(model, weights, (because) => at("weights", because))
}

function weightProblems(
  model: ForecastModel,
  weights: string,
  at: (because: string) => StrategyProblem[],
): StrategyProblem[] {
  const wanted = weightCount(model)
  const given = Math.floor((weights.replace(/=+$/, "").length * 3) / 4 / 4)
  if (weights.length % 4 !== 0 || given !== wanted)
    return at(`such a model has ${wanted} weights in each part, this one has ${given}`)
  return partWeights({ weights }).every(Number.isFinite) ? [] : at("a weight is not a number")
}
