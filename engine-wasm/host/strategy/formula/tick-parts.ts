import { Op } from "../../../assembly/operators/opcode.ts"
import type { Formula } from "./formula.ts"
import { functionCatalogue } from "./function-catalogue.ts"
import { averageKinds, type FunctionArgument, type FunctionSpec } from "./function-spec.ts"

type Call = Extract<Formula, { kind: "call" }>

/**
 * Into how many parts a price's tick must be cut so that all of a formula's values are integers: 1 for prices, 2 for
 * midpoints between two. 0 where that is unknown. `series` has the earlier series. Numbers that grow by a sum or a
 * product count as cut finer, so that a limit on prices limits them too.
 */
export function tickParts(formula: Formula, series: ReadonlyMap<string, number>): number {
  const parts = partsOf(formula, series)
  return parts <= Number.MAX_SAFE_INTEGER ? parts : 0
}

/** The fraction of a tick in which all of several formulas are whole. */
export function commonParts(formulas: readonly Formula[], series: ReadonlyMap<string, number>): number {
  return formulas.map((formula) => tickParts(formula, series)).reduce(joined)
}

/** The same for every series, in order: each may use the ones before it. */
export function tickPartsOf(series: readonly { name: string; formula: Formula }[]): Map<string, number> {
  const parts = new Map<string, number>()
  for (const { name, formula } of series) parts.set(name, tickParts(formula, parts))
  return parts
}

function partsOf(formula: Formula, series: ReadonlyMap<string, number>): number {
  switch (formula.kind) {
    case "number":
      return formula.value === 0 ? 1 : 0
    case "name":
      return inputParts[formula.name] ?? series.get(formula.name) ?? 0
    case "output":
    case "history":
    case "timeframe":
      return tickParts(formula.of, series)
    case "unary":
      return formula.operator === "-" ? tickParts(formula.of, series) : 0
    case "choice":
      return joined(tickParts(formula.yes, series), tickParts(formula.no, series))
    case "call":
      return callParts(formula, series)
    case "binary":
      return binaryParts(formula, series)
    case "text":
      return 0
  }
}

const inputParts: Record<string, number | undefined> = { open: 1, high: 1, low: 1, close: 1, hl2: 2, hlc3: 3, ohlc4: 4 }

function binaryParts(
  { operator, left, right }: Extract<Formula, { kind: "binary" }>,
  series: ReadonlyMap<string, number>,
): number {
  const [a, b] = [tickParts(left, series), tickParts(right, series)]
  if (operator === "+" || operator === "-") return 2 * joined(a, b)
  if (operator === "*") return a * factorOf(right) || b * factorOf(left)
  return operator === "/" ? a * factorOf(right) : 0
}

function factorOf(formula: Formula): number {
  return formula.kind === "number" && Number.isInteger(formula.value) ? Math.abs(formula.value) : 0
}

function callParts(call: Call, series: ReadonlyMap<string, number>): number {
  const spec = functionCatalogue.get(call.name)
  if (!spec) return 0
  const sources = spec.arguments.flatMap((argument, n) =>
    argument.kind === "series"
      ? [call.arguments[n] ? tickParts(call.arguments[n], series) : defaultParts(argument)]
      : [],
  )
  if (keepsPlaces.has(spec.op)) return sources.reduce(joined)
  if (spec.op === Op.valueWhen) return sources[1]
  const source = spec.ticks === "price" ? 1 : (sources[0] ?? 0)
  return spec.resultParts ? spec.resultParts(numbersOf(spec, call), source) || 0 : 0
}

/** Results are among the inputs. */
const keepsPlaces = new Set<Op>([Op.abs, Op.min, Op.max, Op.nz, Op.clamp, Op.highest, Op.lowest])

function defaultParts({ default: usual }: FunctionArgument): number {
  return usual === "close" ? 1 : usual === "0" ? 1 : 0
}

/** The numbers in a call; NaN for one that is not a plain number. */
function numbersOf(spec: FunctionSpec, call: Call): number[] {
  return spec.arguments.flatMap((argument, n) => {
    if (argument.kind === "series") return []
    const written = call.arguments[n]
    if (argument.kind === "average")
      return [averageKinds[(written?.kind === "text" ? written.text : argument.default) as keyof typeof averageKinds]]
    return [written === undefined ? argument.default! : written.kind === "number" ? written.value : Number.NaN]
  })
}

function joined(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : leastCommonMultiple(a, b)
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return (a / x) * b
}
