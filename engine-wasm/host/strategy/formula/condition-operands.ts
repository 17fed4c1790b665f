import { formulaText, type Formula } from "./formula.ts"
import { decidedFormula } from "./formula-decided.ts"
import { parseFormula } from "./formula-parser.ts"
import { everyPartOf } from "./formula-walk.ts"

/** With more operands than this the values of a condition are unreadable. */
const MOST_OPERANDS = 12

/**
 * The operands of a condition, as texts with the params' values in them: the sides of its comparisons and crossings
 * (of these also a candle before), without plain numbers and parts that need the position.
 */
export function conditionOperands(text: string, params: Record<string, number | boolean>): string[] {
  const parsed = parseFormula(text)
  const formula = parsed.ok ? decidedFormula(parsed.formula, params) : false
  if (typeof formula === "boolean") return []
  const sides = sidesIn(formula).filter((side) => !isNumber(side) && !asksForPosition(side))
  return [...new Set(sides.map(formulaText))].slice(0, MOST_OPERANDS)
}

const logic: readonly string[] = ["and", "or"]
const comparisons: readonly string[] = ["<", "<=", ">", ">=", "==", "!="]
const crossings: readonly string[] = ["crossover", "crossunder", "cross"]

function sidesIn(formula: Formula): Formula[] {
  if (formula.kind === "unary") return sidesIn(formula.of)
  if (formula.kind === "choice") return [formula.condition, formula.yes, formula.no].flatMap(sidesIn)
  if (formula.kind === "call" && crossings.includes(formula.name))
    return [...formula.arguments.map(candleBefore), ...formula.arguments]
  if (formula.kind === "call" && (formula.name === "rising" || formula.name === "falling"))
    return formula.arguments.slice(0, 1)
  if (formula.kind !== "binary") return []
  if (logic.includes(formula.operator)) return [formula.left, formula.right].flatMap(sidesIn)
  return comparisons.includes(formula.operator) ? [formula.left, formula.right] : []
}

/** A crossing is between two candles. */
function candleBefore(of: Formula): Formula {
  return isNumber(of) ? of : { kind: "history", of, candlesAgo: { kind: "number", value: 1, at: of.at }, at: of.at }
}

function isNumber(formula: Formula): boolean {
  return formula.kind === "number" || (formula.kind === "unary" && isNumber(formula.of))
}

function asksForPosition(formula: Formula): boolean {
  return everyPartOf(formula).some((part) => part.kind === "name" && part.name === "position")
}
