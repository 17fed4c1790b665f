import type { ForecastModel } from "../model/forecast-model.ts"
import type { Formula } from "./formula.ts"
import { modelFunctions } from "./formula-names.ts"

/** What a forecast says, in the order of its columns. */
export const forecastOutputs = ["value", "probability", "low", "high"] as const

export type ForecastOutput = (typeof forecastOutputs)[number]

const band: readonly ForecastOutput[] = ["low", "high"]

/** What a model answers when it is asked: a forecast of the direction has no band, and a regime only its number. */
export function outputsOf({ kind, target }: Pick<ForecastModel, "kind" | "target">): ForecastOutput[] {
  if (kind === "regimes") return ["value"]
  return forecastOutputs.filter((output) => target !== "direction" || !band.includes(output))
}

/** Whether, and how, a call asks one of the document's models. */
export function asksModel({ name }: { name: string }): ModelCall["asks"] | undefined {
  return modelFunctions.find((each) => each === name)
}

/** A formula that asks one of the document's models, taken apart. */
export type ModelCall = { asks: (typeof modelFunctions)[number]; model: string }

/** Takes `forecast("name")` or `regime("name")` apart; undefined for anything else. */
export function modelCallOf(formula: Formula): ModelCall | undefined {
  if (formula.kind !== "call" || formula.arguments.length !== 1) return undefined
  const asks = asksModel(formula)
  const [named] = formula.arguments
  return asks && named.kind === "text" ? { asks, model: named.text } : undefined
}
