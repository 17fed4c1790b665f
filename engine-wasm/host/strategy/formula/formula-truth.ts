import type { ParamValues } from "../document/strategy-document-params.ts"
import type { ComparisonOperator, Formula } from "./formula.ts"
import { parseFormula } from "./formula-parser.ts"

/** What names in a formula stand for. */
export type NameMeanings = { params: ParamValues; series: Readonly<Record<string, string>> }

/** Whether a condition is true or false whatever the candles, with these params; undefined where they decide. */
export function fixedTruth(formula: Formula, names: NameMeanings): boolean | undefined {
  if (formula.kind === "name") return truthOfName(formula.name, names)
  if (formula.kind === "unary" && formula.operator === "not") return opposite(fixedTruth(formula.of, names))
  if (formula.kind === "choice") return ofChoice(formula, names)
  if (formula.kind !== "binary") return undefined
  const { operator, left, right } = formula
  if (operator === "and" || operator === "or") return joined(operator === "or", [left, right], names)
  const [a, b] = [left, right].map((side) => fixedNumber(side, names))
  const compare = Object.hasOwn(comparisons, operator) ? comparisons[operator as ComparisonOperator] : undefined
  return compare && a !== undefined && b !== undefined ? compare(a, b) : undefined
}

const comparisons: Record<ComparisonOperator, (a: number, b: number) => boolean> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
}

function truthOfName(name: string, { params, series }: NameMeanings): boolean | undefined {
  if (name === "true" || name === "false") return name === "true"
  const value = Object.hasOwn(params, name) ? params[name] : undefined
  if (value !== undefined || !Object.hasOwn(series, name)) return typeof value === "boolean" ? value : undefined
  const { [name]: text, ...others } = series
  const parsed = parseFormula(text)
  return parsed.ok ? fixedTruth(parsed.formula, { params, series: others }) : undefined
}

function opposite(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth
}

function joined(deciding: boolean, parts: Formula[], names: NameMeanings): boolean | undefined {
  const truths = parts.map((part) => fixedTruth(part, names))
  if (truths.includes(deciding)) return deciding
  return truths.includes(undefined) ? undefined : !deciding
}

type Choice = Extract<Formula, { kind: "choice" }>

function ofChoice({ condition, yes, no }: Choice, names: NameMeanings): boolean | undefined {
  const truth = fixedTruth(condition, names)
  return truth === undefined ? undefined : fixedTruth(truth ? yes : no, names)
}

function fixedNumber(formula: Formula, names: NameMeanings): number | undefined {
  if (formula.kind === "number") return formula.value
  if (formula.kind === "unary" && formula.operator === "-") return negative(fixedNumber(formula.of, names))
  const { params } = names
  const value = formula.kind === "name" && Object.hasOwn(params, formula.name) ? params[formula.name] : undefined
  return value === undefined ? undefined : Number(value)
}

function negative(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value
}
