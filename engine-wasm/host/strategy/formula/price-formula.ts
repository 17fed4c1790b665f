import type { Formula } from "./formula.ts"
import { functionCatalogue } from "./function-catalogue.ts"

const prices = new Set(["open", "high", "low", "close"])

/** Functions that return a price whatever their arguments, or only by these outputs. */
const alwaysPrice: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ...["sar", "midprice", "avgPrice", "medPrice", "typPrice", "wclPrice", "vwap", "ichimoku", "keltner", "donchian"].map(
    (name) => [name, undefined] as const,
  ),
  ["supertrend", ["line"]],
])

/** Functions whose result is among the values of their source. */
const amongSource: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ...["sma", "wma", "trima", "ema", "dema", "tema", "kama", "hma", "rma", "vwma", "t3", "ma", "mama"].map(
    (name) => [name, undefined] as const,
  ),
  ...["linreg", "linregIntercept", "tsf", "htTrendline", "highest", "lowest", "median", "midpoint", "valueWhen"].map(
    (name) => [name, undefined] as const,
  ),
  ["bbands", ["upper", "middle", "lower"]],
])

/**
 * Whether a formula returns a price, so that its line belongs among the candles and not in a pane of its own.
 * `series` are the strategy's named formulas.
 */
export function isPriceFormula(formula: Formula, series: ReadonlyMap<string, Formula> = new Map()): boolean {
  switch (formula.kind) {
    case "name":
      return prices.has(formula.name) || isPriceSeries(formula.name, series)
    case "output":
      return isPriceOutput(formula, series)
    case "call":
      return isPriceCall(formula, undefined, series)
    case "history":
    case "timeframe":
      return isPriceFormula(formula.of, series)
    case "binary":
      return isPriceSum(formula, series)
    case "choice":
      return isPriceFormula(formula.yes, series) && isPriceFormula(formula.no, series)
    default:
      return false
  }
}

function isPriceSeries(name: string, series: ReadonlyMap<string, Formula>): boolean {
  const formula = series.get(name)
  // A series may use only those before it, so this ends.
  return formula !== undefined && isPriceFormula(formula, before(name, series))
}

function before(name: string, series: ReadonlyMap<string, Formula>): ReadonlyMap<string, Formula> {
  const all = [...series]
  return new Map(
    all.slice(
      0,
      all.findIndex(([each]) => each === name),
    ),
  )
}

function isPriceOutput({ of, output }: Formula & { kind: "output" }, series: ReadonlyMap<string, Formula>): boolean {
  if (of.kind === "timeframe") return isPriceOutput({ kind: "output", of: of.of, output, at: of.at }, series)
  if (of.kind === "name") {
    const named = series.get(of.name)
    return (
      named !== undefined && isPriceOutput({ kind: "output", of: named, output, at: of.at }, before(of.name, series))
    )
  }
  return of.kind === "call" && isPriceCall(of, output, series)
}

function isPriceCall(
  { name, arguments: given }: Formula & { kind: "call" },
  output: string | undefined,
  series: ReadonlyMap<string, Formula>,
): boolean {
  const isAlways = alwaysPrice.has(name)
  if (!isAlways && !amongSource.has(name)) return false
  const outputs = (isAlways ? alwaysPrice : amongSource).get(name)
  if (outputs && (output === undefined || !outputs.includes(output))) return false
  return isAlways || isSourcePrice(name, given, series)
}

function isSourcePrice(name: string, given: Formula[], series: ReadonlyMap<string, Formula>): boolean {
  const at = functionCatalogue.get(name)!.arguments.findIndex((argument) => argument.name === "source")
  return given[at] === undefined || isPriceFormula(given[at], series)
}

/** A price plus or minus something, or times a number, as in "2 % above the average". */
function isPriceSum(
  { operator, left, right }: Formula & { kind: "binary" },
  series: ReadonlyMap<string, Formula>,
): boolean {
  const [isLeft, isRight] = [isPriceFormula(left, series), isPriceFormula(right, series)]
  if (operator === "+" || operator === "-") return isLeft && !isRight
  return operator === "*" && ((isLeft && isNearOne(right)) || (isRight && isNearOne(left)))
}

function isNearOne(formula: Formula): boolean {
  return formula.kind === "number" && formula.value > 0.5 && formula.value < 2
}
