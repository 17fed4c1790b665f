import { quotedCode } from "../../candles/foreign-text.ts"
import { compileCall } from "./compile-call.ts"
import { didYouMean } from "../formula/closest-name.ts"
import { inputRegister } from "./compile-draft.ts"
import { compileFormula, type Scope } from "./compile-expression.ts"
import { constant, type Value } from "./compile-operator.ts"
import { outputsOfFormula } from "./compile-outputs.ts"
import { positionFields, type Formula } from "../formula/formula.ts"
import { FormulaRefused } from "../formula/formula-lexer.ts"
import { inputNames, reservedNames } from "../formula/formula-names.ts"
import { everyPartOf } from "../formula/formula-walk.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"

/** The meaning of a name: an input, a param, a series or a column of the candle file. @throws {FormulaRefused} */
export function compileName({ name, at }: { name: string; at: number }, scope: Scope): Value {
  if (name === "true" || name === "false") return constant(Number(name === "true"))
  if ((inputNames as readonly string[]).includes(name)) return compileInput(name, scope)
  if (Object.hasOwn(scope.params, name)) return constant(Number(scope.params[name]))
  const series = scope.series.findIndex((one) => one.name === name)
  if (series >= 0) return compileSeries(series, { at }, scope)
  const { extra } = scope.draft.market
  if (functionCatalogue.has(name))
    throw new FormulaRefused(at, `${quotedCode(name)} is a function; give it what it needs in parentheses`)
  if (name === "position")
    throw new FormulaRefused(
      at,
      `say what of the position: ${positionFields.map((field) => `position.${field}`).join(", ")}`,
    )
  if (extra === "any" || extra.includes(name)) return column({ extra: name }, scope)
  throw new FormulaRefused(at, unknownName(name, scope, extra))
}

function unknownName(name: string, scope: Scope, extra: string[]): string {
  const known = [...inputNames, ...Object.keys(scope.params), ...scope.series.map((one) => one.name), ...extra]
  return `${quotedCode(name)} is not known here${didYouMean(name, known) || "; it is no input, param, series or column of the candle file"}`
}

/**
 * A number asked of a name that only a market's own columns could explain: a param that was never defined, or was
 * mistyped. @throws {FormulaRefused}
 */
export function refuseUnknownParam(written: Formula, { params, series, draft }: Scope) {
  const known = [...Object.keys(params), ...series.map(({ name }) => name), ...reservedNames]
  for (const part of everyPartOf(written)) {
    if (part.kind !== "name" || known.includes(part.name) || draft.market.extra !== "any") continue
    throw new FormulaRefused(
      part.at,
      `there is no param or series named ${quotedCode(part.name)}${didYouMean(part.name, known)}`,
    )
  }
}

/** Short names for functions of the candle. */
const shortFor: Record<string, string> = {
  hl2: "medPrice",
  hlc3: "typPrice",
  ohlc4: "avgPrice",
  hour: "hour",
  weekday: "weekday",
}

function compileInput(name: string, scope: Scope): Value {
  const called = shortFor[name]
  return called
    ? compileCall({ kind: "call", name: called, arguments: [], at: 0 }, scope)
    : column(name as "open", scope)
}

function column(input: Parameters<typeof inputRegister>[2], { draft, clockMs }: Scope): Value {
  return { kind: "register", register: inputRegister(draft, clockMs, input), truth: false }
}

/**
 * The value of a series, or of one of its outputs. A series means its text: on another clock it is computed anew from
 * that clock's candles. @throws {FormulaRefused}
 */
export function compileSeries(index: number, { output, at }: { output?: string; at: number }, scope: Scope): Value {
  const { name, formula } = scope.series[index]
  if (index === scope.seriesInReach)
    throw new FormulaRefused(at, `the series ${quotedCode(name)} uses itself; a series may use only earlier ones`)
  if (index > scope.seriesInReach)
    throw new FormulaRefused(at, `the series ${quotedCode(name)} comes later; a series may use only earlier ones`)
  const settled = scope.known.get(knownBy(scope, name, output))
  if (settled) return settled
  // From the first needed one to this one, so that a long chain of series does not recurse.
  for (const needed of [...seriesBehind(index, scope), index]) settleSeries(needed, at, scope)
  const asked: Formula = output === undefined ? formula : { kind: "output", of: formula, output, at }
  return scope.known.get(knownBy(scope, name, output)) ?? insideSeries(index, at, scope, asked)
}

const knownBy = ({ clockMs }: Scope, name: string, output?: string) => `${clockMs} ${name} ${output ?? ""}`

function settleSeries(index: number, at: number, scope: Scope) {
  const { name, formula } = scope.series[index]
  for (const { output, formula: one } of outputsOfFormula(formula, scope)) {
    const key = knownBy(scope, name, output)
    if (!scope.known.has(key)) scope.known.set(key, insideSeries(index, at, scope, one))
  }
}

/** Earlier series this one depends on and that are not computed on this clock yet, in document order. */
function seriesBehind(index: number, scope: Scope): number[] {
  const behind = new Set<number>()
  for (const waiting = [index]; waiting.length > 0;) {
    const names = namesIn(scope.series[waiting.pop()!].formula)
    for (const [earlier, one] of scope.series.slice(0, index).entries()) {
      if (!names.has(one.name) || behind.has(earlier) || isSettled(one, scope)) continue
      behind.add(earlier)
      waiting.push(earlier)
    }
  }
  return [...behind].toSorted((a, b) => a - b)
}

function namesIn(formula: Formula): Set<string> {
  return new Set(everyPartOf(formula).flatMap((part) => (part.kind === "name" ? [part.name] : [])))
}

function isSettled({ name, formula }: Scope["series"][number], scope: Scope): boolean {
  return outputsOfFormula(formula, scope).every(({ output }) => scope.known.has(knownBy(scope, name, output)))
}

/** A formula inside a series' own text; its errors point at the character that named the series. */
function insideSeries(index: number, at: number, scope: Scope, formula: Formula): Value {
  try {
    return compileFormula(formula, { ...scope, seriesInReach: index, position: undefined })
  } catch (refusal) {
    if (!(refusal instanceof FormulaRefused)) throw refusal
    throw new FormulaRefused(at, `in the series ${quotedCode(scope.series[index].name)}: ${refusal.message}`)
  }
}
