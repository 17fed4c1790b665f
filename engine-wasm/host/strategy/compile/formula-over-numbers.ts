import { Op } from "../../../assembly/operators/opcode.ts"
import { exp, ln } from "../../candles/elementary-function.ts"
import { quotedCode } from "../../candles/foreign-text.ts"
import { didYouMean } from "../formula/closest-name.ts"
import { FormulaRefused } from "../formula/formula-lexer.ts"
import { parseFormula, type FormulaProblem } from "../formula/formula-parser.ts"
import type { Formula } from "../formula/formula.ts"
import { maths } from "../functions/maths.ts"
import { refuseCount } from "./compile-call.ts"
import { binaryOperators } from "./compile-expression.ts"
import { folded } from "./compile-fold.ts"

/** The value of a formula over the numbers of one row, which begins at `at`. NaN: a number in it has no meaning here. */
export type FormulaOverNumbers = (row: ArrayLike<number>, at: number) => number

/** `names`: what the formula may name, each the number at its place in a row; `what` is the word for one of them. */
export type NumberNames = { names: readonly string[]; what: string }

export type ReadOverNumbers = { ok: true; valueOf: FormulaOverNumbers } | ({ ok: false } & FormulaProblem)

/**
 * A formula of the strategy language over plain numbers in place of candles, or at which character (from 0) and why
 * it cannot be read. Operators and functions mean what they mean in a strategy.
 */
export function formulaOverNumbers(text: string, known: NumberNames): ReadOverNumbers {
  const parsed = parseFormula(text)
  if (!parsed.ok) return parsed
  try {
    return { ok: true, valueOf: evaluator(parsed.formula, known) }
  } catch (refusal) {
    if (refusal instanceof FormulaRefused) return { ok: false, character: refusal.character, because: refusal.message }
    throw refusal
  }
}

function evaluator(formula: Formula, known: NumberNames): FormulaOverNumbers {
  const inner = (part: Formula) => evaluator(part, known)
  switch (formula.kind) {
    case "number":
      return () => formula.value
    case "name":
      return named(formula, known)
    case "unary":
      return applied(formula.operator === "-" ? Op.negate : Op.not, [inner(formula.of)])
    case "binary":
      return applied(opOf(formula.operator), [inner(formula.left), inner(formula.right)])
    case "choice":
      return applied(Op.select, [formula.condition, formula.yes, formula.no].map(inner))
    case "call":
      return called(formula, known)
    default:
      throw new FormulaRefused(formula.at, `this looks at candles; here each name is one number, a ${known.what}`)
  }
}

function named({ name, at }: Extract<Formula, { kind: "name" }>, { names, what }: NumberNames): FormulaOverNumbers {
  const place = names.indexOf(name)
  if (place >= 0) return (row, first) => row[first + place]
  throw new FormulaRefused(
    at,
    `there is no ${what} ${quotedCode(name)}; there are ${names.join(", ")}${didYouMean(name, names)}`,
  )
}

function called(call: Extract<Formula, { kind: "call" }>, known: NumberNames): FormulaOverNumbers {
  const functions = maths.map(({ name }) => name)
  const spec = maths.find(({ name }) => name === call.name)
  if (!spec) {
    throw new FormulaRefused(
      call.at,
      `there is no function ${quotedCode(call.name)} of plain numbers; ` +
        `there are ${functions.join(", ")}${didYouMean(call.name, functions)}`,
    )
  }
  refuseCount(spec, call)
  const given = call.arguments.map((part) => evaluator(part, known))
  const defaults = spec.arguments.slice(given.length).map(
    ({ default: value }) =>
      () =>
        Number(value),
  )
  return applied(spec.op, [...given, ...defaults])
}

function opOf(operator: Extract<Formula, { kind: "binary" }>["operator"]): Op {
  if (operator === "and") return Op.and
  return operator === "or" ? Op.or : binaryOperators[operator]
}

function applied(op: Op, parts: readonly FormulaOverNumbers[]): FormulaOverNumbers {
  const values: number[] = parts.map(() => Number.NaN)
  return (row, at) => {
    for (let part = 0; part < parts.length; part++) values[part] = parts[part](row, at)
    return folded(op, values) ?? inExactArithmetic(op, values)
  }
}

/** What the compiler leaves to the engine, whose last bit may differ. */
function inExactArithmetic(op: Op, [x, y]: readonly number[]): number {
  if (op === Op.log) return ln(x)
  return op === Op.exp ? exp(x) : Math.pow(x, y)
}
