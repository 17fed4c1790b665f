import { quotedCode } from "../../candles/foreign-text.ts"
import { Op } from "../../../assembly/operators/opcode.ts"
import { didYouMean } from "../formula/closest-name.ts"
import { refuseUnknownParam } from "./compile-name.ts"
import { inputRegister, instructionRegister, type ProgramDraft } from "./compile-draft.ts"
import { strictCrossing } from "./compile-crossing.ts"
import { compileFormula, positionPartOf, type Scope } from "./compile-expression.ts"
import { asksModel } from "../formula/model-call.ts"
import { compileModelCall } from "./compile-model.ts"
import { operatorValue, registerOf, type Value } from "./compile-operator.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { averageKinds, type CandleInput, type FunctionArgument, type FunctionSpec } from "../formula/function-spec.ts"
import type { Formula } from "../formula/formula.ts"
import { FormulaRefused } from "../formula/formula-lexer.ts"
import { inputNames } from "../formula/formula-names.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { tickScale } from "./grid.ts"
import { commonParts } from "../formula/tick-parts.ts"
import { warmUpAfter } from "../formula/warm-up.ts"

type Call = Extract<Formula, { kind: "call" }>

/** The value of a call of a function with one output. @throws {FormulaRefused} */
export function compileCall(call: Call, scope: Scope): Value {
  if (asksModel(call)) return compileModelCall(call, scope)
  const spec = specOf(call)
  if (spec.outputs.length > 0)
    throw new FormulaRefused(
      call.at,
      `\`${spec.name}\` has several values; choose one: ${spec.outputs.map((name) => `.${name}`).join(" ")}`,
    )
  return compileFunction(spec, call, scope)
}

/** The value of one named output of a call. @throws {FormulaRefused} */
export function compileCallOutput(call: Call, { output, at }: { output: string; at: number }, scope: Scope): Value {
  if (asksModel(call)) return compileModelCall(call, scope, { output, at })
  const spec = specOf(call)
  if (spec.outputs.length === 0)
    throw new FormulaRefused(at, `\`${spec.name}\` has one value, not several; leave ${quotedCode(`.${output}`)} out`)
  const index = spec.outputs.indexOf(output)
  if (index < 0)
    throw new FormulaRefused(
      at,
      `\`${spec.name}\` has ${spec.outputs.map((name) => `.${name}`).join(" ")}${didYouMean(output, spec.outputs)}`,
    )
  const first = compileFunction(spec, call, scope)
  return first.kind === "register" ? { ...first, register: first.register + index } : first
}

function specOf({ name, at }: Call): FunctionSpec {
  const spec = functionCatalogue.get(name)
  if (spec) return spec
  if ((inputNames as readonly string[]).includes(name))
    throw new FormulaRefused(at, `${quotedCode(name)} is a value, not a function; leave the parentheses out`)
  throw new FormulaRefused(at, `there is no function ${quotedCode(name)}${didYouMean(name, functionCatalogue.keys())}`)
}

function compileFunction(spec: FunctionSpec, call: Call, scope: Scope): Value {
  refuseCount(spec, call)
  const strict = scope.draft.market.strictCrossings ? strictCrossing(call) : undefined
  if (strict) return compileFormula(strict, scope)
  const written = seriesOf(spec, call)
  const series = written.map((formula) => seriesValue(spec, call, formula, scope))
  if (isStateless(spec.op)) return operatorValue(scope, spec.op, series)
  const parts = spec.ticks === "source" ? commonParts(written, scope.tickParts) : 1
  return {
    kind: "register",
    register: functionRegister(spec, { series, parts, numbers: numbersOf(spec, call, scope) }, scope),
    truth: truthFunctions.has(spec.op),
  }
}

/** Core and maths operators use one candle only, so they may also follow the position. */
const isStateless = (op: Op) => op < Op.crossover

const truthFunctions = new Set<Op>([Op.crossover, Op.crossunder, Op.cross, Op.rising, Op.falling])

/** @throws {FormulaRefused} when a call has too many or too few arguments */
export function refuseCount(spec: FunctionSpec, call: Call) {
  const needed = spec.arguments.filter((argument) => argument.default === undefined).length
  const given = call.arguments.length
  const sketch = `${spec.name}(${spec.arguments.map((argument) => argument.name).join(", ")})`
  if (given < needed) throw new FormulaRefused(call.at, `\`${sketch}\` needs ${counted(needed)}, this has ${given}`)
  if (given > spec.arguments.length) {
    throw new FormulaRefused(
      call.arguments[spec.arguments.length].at,
      `\`${sketch}\` takes at most ${counted(spec.arguments.length)}`,
    )
  }
}

const counted = (count: number) => (count === 1 ? "1 argument" : `${count} arguments`)

function seriesOf(spec: FunctionSpec, call: Call): Formula[] {
  return spec.arguments.flatMap((argument, n) =>
    argument.kind === "series" ? [call.arguments[n] ?? defaultSeries(argument)] : [],
  )
}

function seriesValue(spec: FunctionSpec, call: Call, written: Formula, scope: Scope): Value {
  const value = compileFormula(written, scope)
  if (value.kind !== "cell" || isStateless(spec.op)) return value
  throw new FormulaRefused(call.at, `\`${spec.name}\` looks back in time and cannot follow ${positionPartOf(written)}`)
}

function defaultSeries(argument: Extract<FunctionArgument, { kind: "series" }>): Formula {
  const parsed = parseFormula(argument.default ?? "")
  if (!parsed.ok) throw new Error(`the default of ${argument.name} is not a formula: ${parsed.because}`)
  return parsed.formula
}

function numbersOf(spec: FunctionSpec, call: Call, scope: Scope): number[] {
  return spec.arguments.flatMap((argument, n) => {
    if (argument.kind === "series") return []
    if (argument.kind === "average") return [averageKindOf(argument, call.arguments[n])]
    const twin = spec.arguments.findIndex((other) => other.name === sameAs[argument.name])
    return [numberOf(argument, call.arguments[n] ?? call.arguments[twin], scope)]
  })
}

/** A missing argument that repeats another one, when that is written. */
const sameAs: Record<string, string> = { deviationsDown: "deviationsUp" }

function averageKindOf(argument: Extract<FunctionArgument, { kind: "average" }>, written: Formula | undefined): number {
  if (!written) return averageKinds[argument.default]
  const known = Object.keys(averageKinds)
  if (written.kind === "text" && Object.hasOwn(averageKinds, written.text))
    return averageKinds[written.text as keyof typeof averageKinds]
  const typed = written.kind === "text" ? written.text : ""
  throw new FormulaRefused(
    written.at,
    `${argument.name} must be one of ${known.map((kind) => `"${kind}"`).join(" ")}${didYouMean(typed, known)}`,
  )
}

function numberOf(
  argument: Extract<FunctionArgument, { kind: "integer" | "number" }>,
  written: Formula | undefined,
  scope: Scope,
): number {
  if (!written) return argument.default!
  const value = compileFormula(written, scope)
  if (value.kind !== "constant") {
    refuseUnknownParam(written, scope)
    throw new FormulaRefused(
      written.at,
      `${argument.name} must be a number or a param; it cannot change from candle to candle`,
    )
  }
  if (argument.kind === "integer" && !Number.isInteger(value.value))
    throw new FormulaRefused(written.at, `${argument.name} must be a whole number, not ${value.value}`)
  if (value.value >= argument.min && value.value <= argument.max) return value.value
  throw new FormulaRefused(
    written.at,
    `${argument.name} must be from ${argument.min} to ${argument.max}, not ${value.value}`,
  )
}

/** A call's inputs: its series and numbers; and the fraction of a tick in which they are whole. */
type Given = { series: Value[]; parts: number; numbers: number[] }

function functionRegister(spec: FunctionSpec, given: Given, scope: Scope): number {
  const { draft, clockMs } = scope
  const { sources, scale } = sourcesOf(spec, given, scope)
  const { numbers } = given
  return instructionRegister(draft, {
    instruction: {
      op: spec.op,
      clockMs,
      sources,
      numbers: spec.ticks ? [...numbers, scale] : numbers,
      outputs: Math.max(1, spec.outputs.length),
    },
    warmUp: warmUpAfter(
      sources.map((source) => draft.registers[source].warmUp),
      { ready: spec.readyAfter(numbers), settled: spec.settledAfter(numbers) },
    ),
  })
}

/** What the operator reads: candle columns and series, in whole ticks where it works in them, and their scale. */
function sourcesOf(
  spec: FunctionSpec,
  { series, parts, numbers }: Given,
  scope: Scope,
): { sources: number[]; scale: number } {
  const { draft, clockMs } = scope
  const scale = spec.ticks ? tickScale(spec, numbers, parts, draft.market) : 0
  const candle = spec.candle.map((input) => {
    const register = inputRegister(draft, clockMs, input)
    return spec.ticks === "price" && isPrice(input) ? ticksRegister(draft, register, scale) : register
  })
  const values = series.map((value) => {
    const register = registerOf(scope, value)
    return spec.ticks === "source" ? ticksRegister(draft, register, scale) : register
  })
  return { sources: [...candle, ...values], scale }
}

const isPrice = (input: CandleInput) => input !== "volume" && input !== "time" && input !== "index"

/** The register's values in whole ticks; the register itself where the grid is unknown. */
function ticksRegister(draft: ProgramDraft, register: number, scale: number): number {
  if (scale === 0) return register
  const { clockMs, warmUp } = draft.registers[register]
  return instructionRegister(draft, {
    instruction: {
      op: Op.ticks,
      clockMs,
      sources: [register],
      numbers: [scale],
      outputs: 1,
    },
    warmUp,
  })
}
