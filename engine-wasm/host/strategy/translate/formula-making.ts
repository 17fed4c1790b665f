import type { BinaryOperator, Formula } from "../formula/formula.ts"

/** A part of a script without an equivalent in our rules. `why` ends a sentence for the person. */
export class NotOurs extends Error {
  constructor(readonly why: string) {
    super(why)
  }
}

const at = 0
export const number = (value: number): Formula => ({
  kind: "number",
  value,
  at,
})
export const named = (name: string): Formula => ({ kind: "name", name, at })
export const call = (name: string, ...given: Formula[]): Formula =>
  sized({ kind: "call", name, arguments: given, at }, given)
export const word = (text: string): Formula => ({ kind: "text", text, at })
export const outputOf = (of: Formula, output: string): Formula => sized({ kind: "output", of, output, at }, [of])
export const onTimeframe = (of: Formula, timeframe: string): Formula =>
  sized({ kind: "timeframe", of, timeframe, at } as Formula, [of])
export const ago = (of: Formula, candles: Formula): Formula =>
  isNumber(candles, 0) ? of : sized({ kind: "history", of, candlesAgo: candles, at }, [of, candles])

/** A formula's parts, nested ones included; with more than this no person could read it. */
const MOST_PARTS = 300
/** A formula above this size gets a name of its own. */
export const LONG_FORMULA = 60
const sizes = new WeakMap<Formula, number>()

/** How many parts a formula has. */
export function sizeOf(formula: Formula): number {
  return sizes.get(formula) ?? 1
}

/** Records the size of a new formula, so that repeated doubling ends. Throws `NotOurs`. */
function sized(formula: Formula, parts: Formula[]): Formula {
  const size = parts.reduce((sum, part) => sum + sizeOf(part), 1)
  if (size > MOST_PARTS) throw new NotOurs("it grows too long for a formula")
  sizes.set(formula, size)
  return formula
}

/** The states of a script's position. In formulas under construction `position.size` is its sign. */
export type PositionState = "long" | "short" | "flat"

/** The formula for a known position: questions about its sign are answered. */
export function whileHolding(formula: Formula, state: PositionState): Formula {
  const inside = (of: Formula) => whileHolding(of, state)
  switch (formula.kind) {
    case "name":
      return formula.name === "position.size" ? number({ long: 1, short: -1, flat: 0 }[state]) : formula
    case "unary":
      return formula.operator === "-" ? minus(inside(formula.of)) : not(inside(formula.of))
    case "binary":
      return binary(formula.operator, inside(formula.left), inside(formula.right))
    case "choice":
      return choice(inside(formula.condition), inside(formula.yes), inside(formula.no))
    case "call":
      return call(formula.name, ...formula.arguments.map(inside))
    default:
      return formula
  }
}

/** The formula with each name that is a switch replaced by whether it is on. */
export function withSwitches(formula: Formula, isOn: (name: string) => boolean | undefined): Formula {
  const inside = (of: Formula) => withSwitches(of, isOn)
  switch (formula.kind) {
    case "name":
      return isOn(formula.name) === undefined ? formula : number(Number(isOn(formula.name)))
    case "unary":
      return formula.operator === "not" ? not(inside(formula.of)) : formula
    case "binary":
      return binary(formula.operator, inside(formula.left), inside(formula.right))
    case "choice":
      return choice(inside(formula.condition), inside(formula.yes), inside(formula.no))
    default:
      return formula
  }
}

/** 1 where the value is known, 0 where it is not. */
export const isKnown = (of: Formula): Formula =>
  binary("==", call("nz", binary("+", binary("*", of, no), yes), no), yes)

/** True and false as numbers, which is what a condition is to a formula. */
export const yes = number(1)
export const no = number(0)

export function isNumber(formula: Formula, value?: number): formula is Extract<Formula, { kind: "number" }> {
  return formula.kind === "number" && (value === undefined || formula.value === value)
}

/** The negative of a formula; of a number, the number. */
export function minus(of: Formula): Formula {
  return isNumber(of) ? number(-of.value) : sized({ kind: "unary", operator: "-", of, at }, [of])
}

/** `not` of a condition. */
export function not(of: Formula): Formula {
  if (isNumber(of)) return number(of.value === 0 ? 1 : 0)
  return of.kind === "unary" && of.operator === "not" ? of.of : sized({ kind: "unary", operator: "not", of, at }, [of])
}

/** Two formulas joined; constants are folded, and parts that are always true or false are left out. */
export function binary(operator: BinaryOperator, left: Formula, right: Formula): Formula {
  if (operator === "and" || operator === "or") return joined(operator, left, right)
  if (isNumber(left) && isNumber(right)) return number(worked(operator, left.value, right.value))
  return sized({ kind: "binary", operator, left, right, at }, [left, right])
}

function joined(operator: "and" | "or", left: Formula, right: Formula): Formula {
  const decides = operator === "and" ? 0 : 1
  for (const [one, other] of [
    [left, right],
    [right, left],
  ]) {
    if (isNumber(one)) return (one.value === 0 ? 0 : 1) === decides ? number(decides) : other
  }
  return sized({ kind: "binary", operator, left, right, at }, [left, right])
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
  if (isNumber(whenTrue, 1) && isNumber(whenFalse, 0)) return condition
  return sized({ kind: "choice", condition, yes: whenTrue, no: whenFalse, at }, [condition, whenTrue, whenFalse])
}

/** Whether the formula is a text, or one of several. */
export function isText(formula: Formula): boolean {
  return formula.kind === "text" || (formula.kind === "choice" && (isText(formula.yes) || isText(formula.no)))
}

/** Whether the formula is true or false, judging by its form. */
export function isCondition(formula: Formula): boolean {
  if (formula.kind === "binary") return !["+", "-", "*", "/", "%"].includes(formula.operator)
  if (formula.kind === "unary") return formula.operator === "not"
  if (formula.kind === "choice") return isCondition(formula.yes) && isCondition(formula.no)
  if (formula.kind === "history" || formula.kind === "timeframe") return isCondition(formula.of)
  return formula.kind === "call" && ["crossover", "crossunder", "cross", "rising", "falling"].includes(formula.name)
}

/** Whether the formula uses an indicator or an earlier candle: worth a name of its own. */
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
