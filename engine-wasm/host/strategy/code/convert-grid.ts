import type { Formula } from "../formula/formula.ts"

/**
 * How many parts of a price tick a formula's values are whole multiples of: 1 for prices, 2 for their halves. 0: of
 * none, as far as can
 * be said for every market at once. The counterpart for code of grid.ts.
 */
export function partsOf(formula: Formula, series: ReadonlyMap<string, Formula>): number {
  switch (formula.kind) {
    case "number":
      return Number.isInteger(formula.value) ? 1 : 0
    case "name":
      return series.has(formula.name) ? partsOf(series.get(formula.name)!, series) : (inputParts[formula.name] ?? 0)
    case "history":
      return partsOf(formula.of, series)
    case "timeframe":
      return partsOf(formula.of, series)
    case "unary":
      return formula.operator === "-" ? partsOf(formula.of, series) : 1
    case "call":
      return callParts(formula, series)
    case "binary":
      return binaryParts(formula, series)
    default:
      return 0
  }
}

const inputParts: Record<string, number | undefined> = { open: 1, high: 1, low: 1, close: 1, hl2: 2, hlc3: 3, ohlc4: 4 }
const callsOfPrices: Record<string, number | undefined> = { medPrice: 2, typPrice: 3, avgPrice: 4, wclPrice: 4 }
const keepsGrid = new Set(["highest", "lowest", "change", "abs"])

function callParts(
  { name, arguments: [first] }: Extract<Formula, { kind: "call" }>,
  series: ReadonlyMap<string, Formula>,
): number {
  if (keepsGrid.has(name)) return first ? partsOf(first, series) : 1
  return callsOfPrices[name] ?? 0
}

function binaryParts(
  { operator, left, right }: Extract<Formula, { kind: "binary" }>,
  series: ReadonlyMap<string, Formula>,
): number {
  const [a, b] = [partsOf(left, series), partsOf(right, series)]
  const whole = (formula: Formula) =>
    formula.kind === "number" && Number.isInteger(formula.value) && formula.value !== 0 ? Math.abs(formula.value) : 0
  if (operator === "+" || operator === "-") return a === 0 || b === 0 ? 0 : leastCommonMultiple(a, b)
  if (operator === "*") return whole(left) > 0 ? b : whole(right) > 0 ? a : 0
  return operator === "/" && whole(right) > 0 ? a * whole(right) : 0
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return (a / x) * b
}
