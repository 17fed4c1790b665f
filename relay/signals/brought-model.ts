import { candlesFromRows } from "#engine/candles"
import { type Engine, series } from "#engine/run"
import { type ForecastModel, forecastModelFromJson, type StrategyProblem } from "#engine/strategy"
import { Refusal } from "../door/refusal.ts"
import { problemsInWords } from "../door/strategy-refusal.ts"

/** The model that somebody brings. Throws a `Refusal` with the place of what is none, or cannot be computed. */
export async function broughtModel(brought: unknown, engine: Engine): Promise<ForecastModel> {
  const read = forecastModelFromJson(brought)
  if (!read.ok) throw refused(read.problems)
  const problems = await uncomputable(read.model, engine)
  if (problems.length > 0) throw refused(problems)
  return read.model
}

/** What of its formulas the engine does not understand. */
async function uncomputable(model: ForecastModel, engine: Engine): Promise<StrategyProblem[]> {
  const { timeframe, features } = model
  const read = candlesFromRows([[0, 1, 1, 1, 1, 1]], { timeframe })
  if (!read.ok) throw new Error(read.because)
  for (const [n, feature] of features.entries()) {
    const answer = await series(engine, { candles: read.candles, formulas: [feature], timeframe })
    if (!answer.ok) return answer.problems.map((problem) => ({ ...problem, path: `features[${n}]` }))
    if (!(feature in answer.series))
      return [{ path: `features[${n}]`, because: "it has several values; choose one with a dot" }]
  }
  const said = model.kind === "regimes" ? 'regime("model")' : 'forecast("model")'
  const answer = await series(engine, { candles: read.candles, formulas: [said], timeframe, models: { model } })
  return answer.ok ? [] : answer.problems.map(({ because }) => ({ path: "", because }))
}

function refused(problems: readonly StrategyProblem[]): Refusal {
  const [{ path }] = problems
  return new Refusal(422, "not-valid", `The model is refused: ${problemsInWords(problems)}. Nothing was kept.`, {
    field: path === "" ? "model" : `model.${path}`,
  })
}
