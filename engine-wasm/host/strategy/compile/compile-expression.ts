import { quotedCode } from "../../candles/foreign-text.ts"
import { Op } from "../../../assembly/operators/opcode.ts"
import { compileCall, compileCallOutput } from "./compile-call.ts"
import { instructionRegister } from "./compile-draft.ts"
import { compileName, compileSeries, refuseUnknownParam } from "./compile-name.ts"
import { andValue, choiceValue, constant, operatorValue, orValue, type Place, type Value } from "./compile-operator.ts"
import { didYouMean } from "../formula/closest-name.ts"
import { formulaText, positionFields, type BinaryOperator, type Formula } from "../formula/formula.ts"
import { FormulaRefused } from "../formula/formula-lexer.ts"
import { amountOf, type Amount, type KnownParts } from "../formula/tick-parts.ts"
import { warmUpAfter, warmUpInFasterClock } from "../formula/warm-up.ts"
import type { ForecastModel } from "../model/forecast-model.ts"
import { candleTimeframesMs, timeframeOf } from "../../candles/timeframe.ts"

/**
 * The meaning of names at a formula's place. `seriesInReach` counts the series, in document order, it may use;
 * `tickParts` says in which fraction of a tick each is whole, `amountParts` the same with params in between.
 */
export type Scope = Place & {
  params: Record<string, number | boolean>
  series: { name: string; formula: Formula }[]
  models: Readonly<Record<string, ForecastModel>>
  tickParts: KnownParts
  amountParts: KnownParts
  seriesInReach: number
  known: Map<string, Value>
}

/** History further back than this is refused: every bot would have to keep that many candles. */
const MOST_CANDLES_AGO = 100_000

/** The value of a formula in its scope. @throws {FormulaRefused} with the character of the problem. */
export function compileFormula(formula: Formula, scope: Scope): Value {
  switch (formula.kind) {
    case "number":
      return constant(formula.value)
    case "text":
      throw new FormulaRefused(
        formula.at,
        "a text in quotes may stand only where a function asks for a kind of average",
      )
    case "name":
      return compileName(formula, scope)
    case "output":
      return compileOutput(formula, scope)
    case "call":
      return compileCall(formula, scope)
    case "history":
      return compileHistory(formula, scope)
    case "timeframe":
      return compileTimeframe(formula, scope)
    case "unary":
      return operatorValue(scope, formula.operator === "-" ? Op.negate : Op.not, [compileFormula(formula.of, scope)])
    case "binary":
      return compileBinary(formula, scope)
    case "choice":
      return choiceValue(scope, [
        compileFormula(formula.condition, scope),
        compileFormula(formula.yes, scope),
        compileFormula(formula.no, scope),
      ])
  }
}

/** The operator of each symbol; `and` and `or` have their own ways. */
export const binaryOperators: Record<Exclude<BinaryOperator, "and" | "or">, Op> = {
  "+": Op.add,
  "-": Op.subtract,
  "*": Op.multiply,
  "/": Op.divide,
  "%": Op.remainder,
  "<": Op.less,
  "<=": Op.lessOrEqual,
  ">": Op.greater,
  ">=": Op.greaterOrEqual,
  "==": Op.equal,
  "!=": Op.notEqual,
}

function compileBinary(formula: Extract<Formula, { kind: "binary" }>, scope: Scope): Value {
  const { operator, left, right } = formula
  const a = compileFormula(left, scope)
  const b = compileFormula(right, scope)
  if (operator === "and") return andValue(scope, a, b)
  if (operator === "or") return orValue(scope, a, b)
  const amount = amountOf(formula, scope.amountParts)
  const value = amount?.operator === "ratio" ? undefined : operatorValue(scope, binaryOperators[operator], [a, b])
  return amount ? amountValue(amount, value, amount.a === left ? [a, b] : [b, a], scope) : value!
}

/** Arithmetic of amounts of price, brought to the number it means: equal amounts compare equal. */
function amountValue(
  { operator, parts }: Amount,
  value: Value | undefined,
  [one, other]: Value[],
  scope: Scope,
): Value {
  if (value?.kind === "constant") return value
  const size = operator === "*" || operator === "/" ? one : other
  const sources = [...(value ? [value] : []), one, size]
  return operatorValue(scope, value ? Op.amount : Op.ratio, sources, [parts])
}

function compileOutput({ of, output, at }: Extract<Formula, { kind: "output" }>, scope: Scope): Value {
  if (of.kind === "name" && of.name === "position") return compilePosition(output, at, scope)
  if (of.kind === "call") return compileCallOutput(of, { output, at }, scope)
  if (of.kind === "timeframe") return compileTimeframe({ ...of, of: { kind: "output", of: of.of, output, at } }, scope)
  const series = of.kind === "name" ? scope.series.findIndex((one) => one.name === of.name) : -1
  if (series >= 0) return compileSeries(series, { output, at }, scope)
  throw new FormulaRefused(
    at,
    `${quotedCode(formulaText(of))} has one value, not several; leave ${quotedCode(`.${output}`)} out`,
  )
}

function compilePosition(field: string, at: number, { position }: Scope): Value {
  const cell = (positionFields as readonly string[]).indexOf(field)
  if (cell < 0)
    throw new FormulaRefused(at, `a position has ${positionFields.join(", ")}${didYouMean(field, positionFields)}`)
  if (!position) throw new FormulaRefused(at, "the position is known only in exit and protect formulas")
  return { kind: "cell", cell, truth: false }
}

function compileHistory({ of, candlesAgo, at }: Extract<Formula, { kind: "history" }>, scope: Scope): Value {
  const value = compileFormula(of, scope)
  const count = compileFormula(candlesAgo, { ...scope, position: undefined })
  if (count.kind !== "constant") refuseUnknownParam(candlesAgo, scope)
  if (
    count.kind !== "constant" ||
    !Number.isInteger(count.value) ||
    count.value < 0 ||
    count.value > MOST_CANDLES_AGO
  ) {
    throw new FormulaRefused(
      candlesAgo.at,
      `the candles ago must be a whole number from 0 to ${MOST_CANDLES_AGO}, or a param`,
    )
  }
  if (value.kind === "cell")
    throw new FormulaRefused(at, `\`[${count.value}]\` looks back in time and cannot follow ${positionPartOf(of)}`)
  if (value.kind === "constant" || count.value === 0) return value
  const { warmUp } = scope.draft.registers[value.register]
  const instruction = {
    op: Op.lag,
    clockMs: scope.clockMs,
    sources: [value.register],
    numbers: [count.value],
    outputs: 1,
  }
  const own = { ready: count.value, settled: count.value }
  return {
    ...value,
    register: instructionRegister(scope.draft, { instruction, warmUp: warmUpAfter([warmUp], own) }),
  }
}

/** The first `position.…` inside a formula, as written. */
export function positionPartOf(formula: Formula): string {
  return /position\.\w+/.exec(formulaText(formula))?.[0] ?? "the position"
}

function compileTimeframe({ of, timeframe, at }: Extract<Formula, { kind: "timeframe" }>, scope: Scope): Value {
  const clockMs = candleTimeframesMs[timeframe]
  if (clockMs === scope.clockMs) return compileFormula(of, scope)
  refuseTimeframe(clockMs, at, scope)
  const value = compileFormula(of, { ...scope, clockMs, position: undefined })
  return value.kind === "register" ? { ...value, register: alignedRegister(value.register, clockMs, scope) } : value
}

function refuseTimeframe(clockMs: number, at: number, { clockMs: currentMs, draft: { strategyMs } }: Scope) {
  const own = timeframeOf(strategyMs)
  if (currentMs !== strategyMs)
    throw new FormulaRefused(
      at,
      `this is inside \`@ ${timeframeOf(currentMs)}\` already; use one timeframe for each part`,
    )
  if (clockMs < strategyMs)
    throw new FormulaRefused(
      at,
      `the strategy decides on ${own} candles; a finer timeframe would look inside them. Use ${own} or longer`,
    )
  if (clockMs % strategyMs !== 0)
    throw new FormulaRefused(at, `${timeframeOf(clockMs)} is not a whole number of ${own} candles`)
}

function alignedRegister(source: number, sourceMs: number, { draft, clockMs }: Scope): number {
  const { warmUp } = draft.registers[source]
  const instruction = { op: Op.align, clockMs, sources: [source], numbers: [], outputs: 1 }
  return instructionRegister(draft, { instruction, warmUp: warmUpInFasterClock(warmUp, sourceMs / clockMs) })
}
