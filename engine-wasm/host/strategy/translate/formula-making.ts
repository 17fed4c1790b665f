import type { BinaryOperator, Formula } from "../formula/formula.ts"

/** A part of a script that has no equal in our rules. `why` ends a sentence for the person. */
export class NotOurs extends Error {
  constructor(readonly why: string) {
    super(why)
  }
}

const at = 0
export const number = (value: number): Formula => ({ kind: "number", value, at })
export const named = (name: string): Formula => ({ kind: "name", name, at })
export const call = (name: string, ...given: Formula[]): Formula => ({ kind: "call", name, arguments: given, at })
export const word = (text: string): Formula => ({ kind: "text", text, at })
export const outputOf = (of: Formula, output: string): Formula => ({ kind: "output", of, output, at })
export const onTimeframe = (of: Formula, timeframe: string): Formula =>
  ({ kind: "timeframe", of, timeframe, at }) as Formula
export const ago = (of: Formula, candles: Formula): Formula =>
  isNumber(candles, 0) ? of : { kind: "history", of, candlesAgo: candles, at }

/** True and false as numbers, which is what a condition is to a formula. */
export const yes = number(1)
export const no = number(0)

export function isNumber(formula: Formula, value?: number): formula is Extract<Formula, { kind: "number" }> {
  return formula.kind === "number" && (value === undefined || formula.value === value)
}

/** The negative of a formula; of a number, the number. */
export function minus(of: Formula): Formula {
  return isNumber(of) ? number(-of.value) : { kind: "unary", operator: "-", of, at }
}

/** `not` of a condition. */
export function not(of: Formula): Formula {
  if (isNumber(of)) return number(of.value === 0 ? 1 : 0)
  return of.kind === "unary" && of.operator === "not" ? of.of : { kind: "unary", operator: "not", of, at }
}

/** Two formulas joined; numbers are worked out, and what is true or false anyway is left out. */
export function binary(operator: BinaryOperator, left: Formula, right: Formula): Formula {
  if (operator === "and" || operator === "or") return joined(operator, left, right)
  if (isNumber(left) && isNumber(right)) return number(worked(operator, left.value, right.value))
  return { kind: "binary", operator, left, right, at }
}

function joined(operator: "and" | "or", left: Formula, right: Formula): Formula {
  const decides = operator === "and" ? 0 : 1
  for (const [one, other] of [
    [left, right],
    [right, left],
  ]) {
    if (isNumber(one)) return (one.value === 0 ? 0 : 1) === decides ? number(decides) : other
  }
  return { kind: "binary", operator, left, right, at }
}

function worked(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b
    case "-":
      return a - b
    case "*":
      return a * b
    case "/":
      return a / b
    case "%":
      return a % b
    case "<":
      return Number(a < b)
    case "<=":
      return Number(a <= b)
    case ">":
      return Number(a > b)
    case ">=":
      return Number(a >= b)
    case "==":
      return Number(a === b)
    case "!=":
      return Number(a !== b)
    case "and":
      return Number(a !== 0 && b !== 0)
    case "or":
      return Number(a !== 0 || b !== 0)
  }
}

/** `condition ? yes : no`; a condition that is known chooses at once. */
export function choice(condition: Formula, whenTrue: Formula, whenFalse: Formula): Formula {
  if (isNumber(condition)) return condition.value !== 0 ? whenTrue : whenFalse
  return { kind: "choice", condition, yes: whenTrue, no: whenFalse, at }
}

/** Whether the formula says true or false, as far as its form tells. */
export function isCondition(formula: Formula): boolean {
  if (formula.kind === "binary") return !["+", "-", "*", "/", "%"].includes(formula.operator)
  if (formula.kind === "unary") return formula.operator === "not"
  if (formula.kind === "choice") return isCondition(formula.yes) && isCondition(formula.no)
  if (formula.kind === "history" || formula.kind === "timeframe") return isCondition(formula.of)
  return formula.kind === "call" && ["crossover", "crossunder", "cross", "rising", "falling"].includes(formula.name)
}

/** Whether the formula asks an indicator or an earlier candle: worth a name of its own. */
export function isIndicator(formula: Formula): boolean {
  if (formula.kind === "call" || formula.kind === "history" || formula.kind === "timeframe") return true
  if (formula.kind === "output" || formula.kind === "unary") return isIndicator(formula.of)
  if (formula.kind === "binary") return isIndicator(formula.left) || isIndicator(formula.right)
  return formula.kind === "choice" && [formula.condition, formula.yes, formula.no].some(isIndicator)
}

/** The conditions that must all hold, one by one. */
export function conjuncts(formula: Formula): Formula[] {
  if (formula.kind === "binary" && formula.operator === "and")
    return [...conjuncts(formula.left), ...conjuncts(formula.right)]
  return [formula]
}

/** The conditions of which one is enough, one by one. */
export function alternatives(formula: Formula): Formula[] {
  if (formula.kind === "binary" && formula.operator === "or")
    return [...alternatives(formula.left), ...alternatives(formula.right)]
  return [formula]
}
