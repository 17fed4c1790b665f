import { guardedFormula } from "../formula/formula-decided.ts"
import type { ComparisonOperator, Formula } from "../formula/formula.ts"

/** How two values are compared, or one with its own past. */
export type Comparison = ComparisonOperator | "crossover" | "crossunder" | "cross" | "rising" | "falling" | "holds"

/** Each comparison as it is said between its two sides, in the order people look for them. */
export const comparisonWords: Record<Comparison, string> = {
  "<": "is below",
  ">": "is above",
  crossunder: "crosses below",
  crossover: "crosses above",
  cross: "crosses",
  "<=": "is at or below",
  ">=": "is at or above",
  "==": "equals",
  "!=": "differs from",
  rising: "is above its last",
  falling: "is below its last",
  holds: "is true",
}

/** A condition taken apart. `right` is missing only where it `holds`; `onlyIf` names a switch that can turn it off. */
export type Condition = { onlyIf?: string; left: Formula; comparison: Comparison; right?: Formula }

const comparisonOperators = new Set<string>(["<", "<=", ">", ">=", "==", "!="])

/** Takes a condition apart; undefined for what is more than one comparison, such as `a > 1 and b > 2`. */
export function conditionOf(formula: Formula): Condition | undefined {
  const guarded = guardedFormula(formula)
  if (!guarded) return plainCondition(formula)
  const inner = plainCondition(guarded.of)
  return inner && { ...inner, onlyIf: guarded.name }
}

function plainCondition(formula: Formula): Condition | undefined {
  if (formula.kind === "binary" && comparisonOperators.has(formula.operator))
    return { left: formula.left, comparison: formula.operator as ComparisonOperator, right: formula.right }
  if (formula.kind === "call") return calledCondition(formula)
  return formula.kind === "name" || formula.kind === "output" ? { left: formula, comparison: "holds" } : undefined
}

function calledCondition(formula: Extract<Formula, { kind: "call" }>): Condition | undefined {
  const { name, arguments: given } = formula
  if (name === "crossover" || name === "crossunder" || name === "cross")
    return given.length === 2 ? { left: given[0], comparison: name, right: given[1] } : undefined
  if (name === "rising" || name === "falling")
    return { left: given[0] ?? close, comparison: name, right: given[1] ?? { kind: "number", value: 1, at: 0 } }
  return { left: formula, comparison: "holds" }
}

const close: Formula = { kind: "name", name: "close", at: 0 }

/** Puts a condition together again. */
export function formulaOfCondition({ onlyIf, left, comparison, right }: Condition): Formula {
  const plain = plainFormula(left, comparison, right)
  if (onlyIf === undefined) return plain
  const off: Formula = { kind: "unary", operator: "not", of: { kind: "name", name: onlyIf, at: 0 }, at: 0 }
  return { kind: "binary", operator: "or", left: off, right: plain, at: 0 }
}

function plainFormula(left: Formula, comparison: Comparison, right: Formula | undefined): Formula {
  if (comparison === "holds" || right === undefined) return left
  if (comparisonOperators.has(comparison))
    return { kind: "binary", operator: comparison as ComparisonOperator, left, right, at: 0 }
  return { kind: "call", name: comparison, arguments: [left, right], at: 0 }
}
