import { fixedTruth, type NameMeanings } from "../formula/formula-truth.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { conditionsOf, type StrategyRule } from "./strategy-document.ts"

/** Whether a rule is never true with these values of the params, whatever the candles: as where a switch rules it out. */
export function neverHolds(rule: StrategyRule, names: NameMeanings): boolean {
  const { join, formulas } = conditionsOf(rule)
  const isOff = (text: string) => {
    const parsed = parseFormula(text)
    return parsed.ok && fixedTruth(parsed.formula, names) === false
  }
  return join === "all" ? formulas.some(isOff) : formulas.every(isOff)
}
