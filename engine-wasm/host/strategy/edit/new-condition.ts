import type { Formula } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { isPriceFormula } from "../formula/price-formula.ts"
import { patterns } from "../functions/patterns.ts"
import { conditionOf, formulaOfCondition } from "./condition.ts"
import { answersWithin } from "./number-spot.ts"
import { formulaOfOperand, nameFormula, numberFormula, operandOfFunction } from "./operand.ts"

const patternNames = new Set(patterns.map(({ name }) => name))

/**
 * A first condition about a value a person picked, to be changed from there: an oscillator is low, an average is
 * crossed, a pattern shows. `opens`: whether it is to open a position or to close one.
 */
export function newCondition(picked: string, opens: boolean): Formula {
  if (!functionCatalogue.has(picked)) return aboutName(picked, opens)
  const formula = formulaOfOperand(operandOfFunction(picked))
  const asIs = conditionOf(formula)
  if (asIs && asIs.comparison !== "holds") return formula
  if (patternNames.has(picked)) return compared(formula, opens ? ">" : "<", 0)
  if (isPriceFormula(formula))
    return formulaOfCondition({
      left: nameFormula("close"),
      comparison: opens ? "crossover" : "crossunder",
      right: formula,
    })
  const [least, most] = answersWithin[picked] ?? [0, 0]
  const limit = least + (most - least) * (opens ? 0.3 : 0.7)
  return compared(formula, opens ? "<" : ">", Number(limit.toPrecision(3)))
}

function aboutName(name: string, opens: boolean): Formula {
  const left = nameFormula(name)
  if (name === "close" || !["open", "high", "low", "hl2", "hlc3", "ohlc4"].includes(name)) {
    const right = formulaOfOperand(operandOfFunction("sma"))
    return formulaOfCondition({ left, comparison: opens ? "crossover" : "crossunder", right })
  }
  return formulaOfCondition({ left: nameFormula("close"), comparison: opens ? ">" : "<", right: left })
}

function compared(left: Formula, comparison: "<" | ">", limit: number): Formula {
  return formulaOfCondition({ left, comparison, right: numberFormula(limit) })
}
