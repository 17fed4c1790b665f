import { plainMessage } from "../../candles/shape-words.ts"
import { valueFromJson, valueFromObject } from "../document/json-place.ts"
import { problemsOf, type StrategyProblem } from "../document/strategy-document-problems.ts"
import { forecastModelSchema, type ForecastModel } from "./forecast-model.ts"
import { modelProblems } from "./model-problems.ts"

/** The model in a JSON text or a parsed value, or why it is none: with each place, and never a part of it. */
export function forecastModelFromJson(
  input: unknown,
): { ok: true; model: ForecastModel } | { ok: false; problems: StrategyProblem[] } {
  const read = typeof input === "string" ? valueFromJson(input) : valueFromObject(input)
  if (!read.ok) return { ok: false, problems: [read.problem] }
  const checked = forecastModelSchema.safeParse(read.value, { error: plainMessage })
  if (!checked.success) return { ok: false, problems: problemsOf(checked.error) }
  const problems = modelProblems(checked.data)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, model: checked.data }
}
