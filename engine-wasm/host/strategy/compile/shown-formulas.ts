import type { Formula } from "../formula/formula.ts"
import { formulaText } from "../formula/formula.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { partsOf } from "../formula/formula-walk.ts"
import { crossing } from "../functions/crossing.ts"
import { maths } from "../functions/maths.ts"
import { patterns } from "../functions/patterns.ts"
import { conditionsOf, type StrategyDocument } from "../document/strategy-document.ts"

/** Functions that return yes or no, or only calculate with others' results: they have no line of their own. */
const withoutLine = new Set([...crossing, ...maths, ...patterns].map(({ name }) => name))

/** The formulas worth a line on a chart of the strategy: its series that are not conditions, and its indicators. */
export function shownFormulas(strategy: StrategyDocument): string[] {
  const named = Object.entries(strategy.series).filter(([, text]) => hasLine(text))
  const asked = [strategy.long, strategy.short].flatMap((side) => [side?.enter, side?.exit])
  const indicators = asked.flatMap((rule) => (rule ? conditionsOf(rule).formulas.flatMap(indicatorsIn) : []))
  return [...new Set([...named.map(([name]) => name), ...indicators])]
}

function hasLine(text: string): boolean {
  const parsed = parseFormula(text)
  return parsed.ok && answersNumber(parsed.formula)
}

const comparisons: readonly string[] = ["<", "<=", ">", ">=", "==", "!=", "and", "or"]

function answersNumber(formula: Formula): boolean {
  if (formula.kind === "binary") return !comparisons.includes(formula.operator)
  if (formula.kind === "call") return !withoutLine.has(formula.name)
  return formula.kind !== "unary" && formula.kind !== "number"
}

/** The outermost indicators of a condition, as texts. */
function indicatorsIn(text: string): string[] {
  const parsed = parseFormula(text)
  return parsed.ok ? outermost(parsed.formula).map(formulaText) : []
}

function outermost(formula: Formula): Formula[] {
  if (formula.kind === "call" && !withoutLine.has(formula.name)) return [formula]
  if (formula.kind === "output" && formula.of.kind === "call") return [formula]
  if (formula.kind === "timeframe" && formula.of.kind === "call" && !withoutLine.has(formula.of.name)) return [formula]
  return partsOf(formula).flatMap(outermost)
}
