import type { Scope } from "./compile-expression.ts"
import type { Formula } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"

/**
 * A formula whose function has several outputs, once for each; any other formula unchanged, without an output's name.
 */
export function outputsOfFormula(formula: Formula, scope: Scope): { output?: string; formula: Formula }[] {
  const outputs = outputNames(formula, scope)
  if (outputs.length === 0) return [{ formula }]
  return outputs.map((output) => ({ output, formula: { kind: "output", of: formula, output, at: formula.at } }))
}

function outputNames(formula: Formula, scope: Scope): string[] {
  if (formula.kind === "call") return functionCatalogue.get(formula.name)?.outputs ?? []
  if (formula.kind === "timeframe") return outputNames(formula.of, scope)
  const series =
    formula.kind === "name"
      ? scope.series.slice(0, scope.seriesInReach).find((one) => one.name === formula.name)
      : undefined
  return series ? outputNames(series.formula, scope) : []
}
