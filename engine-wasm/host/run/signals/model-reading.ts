import type { ForecastModel } from "../../strategy/model/forecast-model.ts"
import { type ForecastOutput, forecastOutputs, outputsOf } from "../../strategy/formula/model-call.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import { seriesIn } from "../series.ts"

/** What a model says at the newest candle; null what it does not know, or never answers. */
export type ModelReading = {
  /** When that candle opens. Milliseconds since 1970, UTC; undefined without candles. */
  openMs: number | undefined
  said: Record<ForecastOutput, number | null>
  /** The values of the formulas that were asked besides, there. */
  besides: (number | null)[]
}

/** Asks a model at the newest candle, by the engine that a backtest asks. */
export function readModel(
  session: EngineSession,
  model: ForecastModel,
  besides: readonly string[] = [],
): { ok: true; reading: ModelReading } | { ok: false; problems: readonly StrategyProblem[] } {
  const asked = new Map(outputsOf(model).map((output) => [output, formulaOf(model, output)]))
  const answer = seriesIn(session, [...asked.values(), ...besides], model.timeframe, { model })
  if (!answer.ok) return answer
  const last = (formula = "") => known(answer.series[formula]?.at(-1))
  const [value, probability, low, high] = forecastOutputs.map((output) => last(asked.get(output)))
  const said = { value, probability, low, high }
  return { ok: true, reading: { openMs: answer.openTimeMs.at(-1), said, besides: besides.map(last) } }
}

function formulaOf({ kind }: ForecastModel, output: ForecastOutput): string {
  return kind === "regimes" ? 'regime("model")' : `forecast("model").${output}`
}

function known(value = Number.NaN): number | null {
  return Number.isFinite(value) ? value : null
}
