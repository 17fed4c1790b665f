import { decimalsOf } from "../../candles/price-decimals.ts"
import { Op } from "../../../assembly/operators/opcode.ts"
import type { Formula } from "./formula.ts"
import { functionCatalogue } from "./function-catalogue.ts"
import { averageKinds, type FunctionArgument, type FunctionSpec } from "./function-spec.ts"

type Call = Extract<Formula, { kind: "call" }>

/**
 * The parts of earlier series, and the names of params that arithmetic may use. Where an operator counts in ticks,
 * params are left out: another value could need finer parts than the document's own.
 */
export type KnownParts = { series: ReadonlyMap<string, number>; params: ReadonlySet<string> }

const noParams: ReadonlySet<string> = new Set()
/** Parts for a factor among the params, whatever its value: four places after the point. */
const PARAM_TIMES = 10_000
/** The same for a divisor: whole numbers from 1 to 10. */
const PARAM_OVER = 2520

/**
 * Into how many parts a price's tick must be cut so that all of a formula's values are integers: 1 for prices, 2 for
 * midpoints between two. 0 where that is unknown. Numbers that grow by a sum or a
 * product count as cut finer, so that a limit on prices limits them too.
 */
export function tickParts(formula: Formula, known: KnownParts): number {
  const parts = partsOf(formula, known)
  return parts <= Number.MAX_SAFE_INTEGER ? parts : 0
}

/** The fraction of a tick in which all of several formulas are whole. */
export function commonParts(formulas: readonly Formula[], known: KnownParts): number {
  return formulas.map((formula) => tickParts(formula, known)).reduce(joined)
}

/** The same for every series, in order: each may use the ones before it. */
export function tickPartsOf(
  series: readonly { name: string; formula: Formula }[],
  params: ReadonlySet<string> = noParams,
): KnownParts {
  const parts = new Map<string, number>()
  const known = { series: parts, params }
  for (const { name, formula } of series) parts.set(name, tickParts(formula, known))
  return known
}

function partsOf(formula: Formula, known: KnownParts): number {
  switch (formula.kind) {
    case "number":
      return formula.value === 0 ? 1 : 0
    case "name":
      return inputParts[formula.name] ?? known.series.get(formula.name) ?? 0
    case "output":
      return isEntryPrice(formula) ? 1 : tickParts(formula.of, known)
    case "history":
    case "timeframe":
      return tickParts(formula.of, known)
    case "unary":
      return formula.operator === "-" ? tickParts(formula.of, known) : 0
    case "choice":
      return joined(tickParts(formula.yes, known), tickParts(formula.no, known))
    case "call":
      return callParts(formula, known)
    case "binary":
      return binaryParts(formula, known)
    case "text":
      return 0
  }
}

const inputParts: Record<string, number | undefined> = { open: 1, high: 1, low: 1, close: 1, hl2: 2, hlc3: 3, ohlc4: 4 }

function binaryParts({ operator, left, right }: Extract<Formula, { kind: "binary" }>, known: KnownParts): number {
  const [a, b] = [tickParts(left, known), tickParts(right, known)]
  if (operator === "+" || operator === "-") return 2 * joined(a, b)
  if (operator === "*") return a * timesOf(right, known) || b * timesOf(left, known)
  return operator === "/" ? a * overOf(right, known) : 0
}

function isEntryPrice({ of, output }: Extract<Formula, { kind: "output" }>): boolean {
  return of.kind === "name" && of.name === "position" && output === "entryPrice"
}

const isNumber = (formula: Formula, { params }: KnownParts) =>
  formula.kind === "number" || (formula.kind === "name" && params.has(formula.name))

function overOf(formula: Formula, known: KnownParts): number {
  if (formula.kind === "number") return Number.isInteger(formula.value) ? Math.abs(formula.value) : 0
  return isNumber(formula, known) ? PARAM_OVER : 0
}

/** A number's part in a product: a decimal cuts ticks as fine as its places, and may make them grow. */
function timesOf(formula: Formula, known: KnownParts): number {
  if (formula.kind !== "number") return isNumber(formula, known) ? PARAM_TIMES : 0
  const places = decimalsOf(formula.value)
  return places > MOST_PLACES ? 0 : Math.ceil(Math.abs(formula.value)) * Number(`1e${places}`)
}

const MOST_PLACES = 6

/** A sum, difference, product or quotient of amounts of price, and what it is made of. */
export type Amount = { operator: "+" | "-" | "*" | "/" | "ratio"; a: Formula; b: Formula; parts: number }

/** A formula's arithmetic as one of amounts of price, all whole in so many parts of a tick; undefined: it is not. */
export function amountOf(formula: Extract<Formula, { kind: "binary" }>, known: KnownParts): Amount | undefined {
  const { operator, left, right } = formula
  if (operator !== "+" && operator !== "-" && operator !== "*" && operator !== "/") return undefined
  const parts = tickParts(formula, known)
  if (parts === 0) return operator === "/" && !isNumber(right, known) ? ratioOf(left, right, known) : undefined
  const isTurned = operator === "*" && isNumber(left, known)
  return { operator, a: isTurned ? right : left, b: isTurned ? left : right, parts }
}

function ratioOf(a: Formula, b: Formula, known: KnownParts): Amount | undefined {
  const parts = commonParts([a, b], known)
  return parts > 0 ? { operator: "ratio", a, b, parts } : undefined
}

function callParts(call: Call, known: KnownParts): number {
  const spec = functionCatalogue.get(call.name)
  if (!spec) return 0
  const sources = spec.arguments.flatMap((argument, n) =>
    argument.kind === "series"
      ? [call.arguments[n] ? tickParts(call.arguments[n], known) : defaultParts(argument)]
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
