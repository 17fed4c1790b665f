import type { Formula } from "./formula.ts"
import { withParts } from "./formula-walk.ts"
import type { ParamValues } from "../document/strategy-document-params.ts"

/** The formula with params as numbers; true or false where switches alone decide it. */
export function decidedFormula(formula: Formula, params: ParamValues): Formula | boolean {
  if (formula.kind === "name") return decidedName(formula, params)
  if (formula.kind === "unary" && formula.operator === "not")
    return opposite(decidedFormula(formula.of, params), formula)
  if (formula.kind === "binary" && (formula.operator === "and" || formula.operator === "or"))
    return joined(formula, params)
  if (formula.kind === "choice") return decidedChoice(formula, params)
  return withParts(formula, (part) => asFormula(decidedFormula(part, params)))
}

function decidedName(formula: Extract<Formula, { kind: "name" }>, params: ParamValues): Formula | boolean {
  const value = Object.hasOwn(params, formula.name) ? params[formula.name] : formula
  return typeof value === "number" ? { kind: "number", value, at: formula.at } : value
}

function opposite(of: Formula | boolean, { at }: Formula): Formula | boolean {
  return typeof of === "boolean" ? !of : { kind: "unary", operator: "not", of, at }
}

function joined(formula: Extract<Formula, { kind: "binary" }>, params: ParamValues): Formula | boolean {
  const deciding = formula.operator === "or"
  const left = decidedFormula(formula.left, params)
  const right = decidedFormula(formula.right, params)
  if (left === deciding || right === deciding) return deciding
  if (typeof left === "boolean") return right
  return typeof right === "boolean" ? left : { ...formula, left, right }
}

function decidedChoice(formula: Extract<Formula, { kind: "choice" }>, params: ParamValues): Formula | boolean {
  const condition = decidedFormula(formula.condition, params)
  if (typeof condition === "boolean") return decidedFormula(condition ? formula.yes : formula.no, params)
  return {
    ...formula,
    condition,
    yes: asFormula(decidedFormula(formula.yes, params)),
    no: asFormula(decidedFormula(formula.no, params)),
  }
}

function asFormula(part: Formula | boolean): Formula {
  return typeof part === "boolean" ? { kind: "number", value: Number(part), at: 0 } : part
}

/** `not useTrend or close > trend`: a condition that counts only while a switch is on. */
export function guardedFormula(formula: Formula): { name: string; of: Formula } | undefined {
  if (formula.kind !== "binary" || formula.operator !== "or") return undefined
  const { left, right } = formula
  if (left.kind !== "unary" || left.operator !== "not" || left.of.kind !== "name") return undefined
  return { name: left.of.name, of: right }
}
