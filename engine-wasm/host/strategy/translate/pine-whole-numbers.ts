import type { BinaryOperator, Formula } from "../formula/formula.ts"
import { binary, call, choice, isNumber, no, NotOurs, number } from "./formula-making.ts"
import type { PineScope } from "./pine-scope.ts"

type Number = Extract<Formula, { kind: "number" }>

/** Numbers that Pine knows as whole constants: written without a point, or worked out of such. */
const wholeConstants = new WeakSet<Formula>()

export function wholeConstant(value: number): Formula {
  const formula = number(value)
  wholeConstants.add(formula)
  return formula
}

/** Whole numbers of which the manual does not say that they stay constants: a function's arguments, and `var`. */
const perhapsConstants = new WeakSet<Formula>()

/** The same number, as a constant or as none. */
export function perhapsConstant(formula: Formula): Formula {
  if (!isWholeConstant(formula)) return formula
  const perhaps = wholeConstant(formula.value)
  perhapsConstants.add(perhaps)
  return perhaps
}

export function isWholeConstant(formula: Formula): formula is Number {
  return isNumber(formula) && wholeConstants.has(formula)
}

/** The last version that drops the rest when it divides two whole constants (migration guide to version 6). */
const LAST_WHOLE_DIVISION = 5

type Sum = { operator: string; left: Formula; right: Formula; dropsRest: boolean }

/**
 * `21 / 2` is 10 until version 5 and 10.5 since; undefined where the two are no whole constants. `dropsRest`: what is
 * around it drops the rest anyway.
 */
export function wholeArithmetic({ operator, left, right, dropsRest }: Sum, version: number): Formula | undefined {
  if (!isWholeConstant(left) || !isWholeConstant(right) || !/^[-+*/%]$/.test(operator)) return undefined
  const result = binary(operator as BinaryOperator, left, right)
  if (!isNumber(result) || (operator === "/" && version > LAST_WHOLE_DIVISION)) return result
  const isSure = !perhapsConstants.has(left) && !perhapsConstants.has(right)
  if (!isSure && !dropsRest && !Number.isInteger(result.value))
    throw new NotOurs(
      "whether TradingView drops the rest of this division is not sure; write it with math.floor() around it",
    )
  const whole = wholeConstant(Math.trunc(result.value))
  return isSure ? whole : perhapsConstant(whole)
}

/** A value declared as a `float`, or one that changes: no whole constant any more. */
export function withRest(formula: Formula): Formula {
  return isWholeConstant(formula) ? number(formula.value) : formula
}

const roundings: Record<string, (value: number) => number> = { floor: Math.floor, ceil: Math.ceil, round: Math.round }

/** `math.floor(…)` and its kind; of a number, the number. */
export function rounded(name: string, of: Formula): Formula {
  const round = Object.hasOwn(roundings, name) ? roundings[name] : undefined
  return round && isNumber(of) ? wholeConstant(round(of.value)) : call(name, of)
}

/** `int(…)` drops the rest, towards zero. */
export function towardsZero(of: Formula, { leastOf }: PineScope): Formula {
  if (isNumber(of)) return wholeConstant(Math.trunc(of.value))
  if (of.kind === "name" && leastOf(of.name)?.isWhole) return of
  if (isNeverNegative(of, leastOf)) return call("floor", of)
  return choice(binary(">=", of, no), call("floor", of), call("ceil", of))
}

function isNeverNegative(of: Formula, leastOf: PineScope["leastOf"]): boolean {
  if (isNumber(of)) return of.value >= 0
  if (of.kind === "name") return (leastOf(of.name)?.min ?? -1) >= 0
  return (
    of.kind === "binary" &&
    ["+", "*", "/"].includes(of.operator) &&
    isNeverNegative(of.left, leastOf) &&
    isNeverNegative(of.right, leastOf)
  )
}
