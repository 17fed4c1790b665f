import type { Formula } from "../host/strategy/formula/formula.ts"
import { amountOf, tickPartsOf } from "../host/strategy/formula/tick-parts.ts"
import { parseFormula } from "../host/strategy/formula/formula-parser.ts"
import type { StrategyCandles } from "./reference-candles.ts"

/** The position's fields in formulas; all unknown (NaN) while there is none. */
export type PositionFacts = { profitPercent: number; candles: number; entryPrice: number }

export const noPosition: PositionFacts = { profitPercent: Number.NaN, candles: Number.NaN, entryPrice: Number.NaN }

/**
 * The place of a formula: candle `at` of the strategy candles, with the document's params, its series and the open
 * position.
 */
export type Place = {
  candles: StrategyCandles
  at: number
  names: Record<string, Formula>
  position: PositionFacts
}

const trees = new Map<string, Formula>()

/** The tree of a formula's text, parsed once. Throws on an unreadable text: random documents hold none. */
export function formulaOf(text: string): Formula {
  const known = trees.get(text)
  if (known) return known
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.because}`)
  trees.set(text, parsed.formula)
  return parsed.formula
}

/** Whether a condition's value is known and not 0. */
export function isMet(formula: Formula, place: Place): boolean {
  const value = valueOf(formula, place)
  return !Number.isNaN(value) && value !== 0
}

/**
 * The value of a formula, NaN while unknown, computed from scratch each time. Supports only the functions of random
 * documents.
 */
export function valueOf(formula: Formula, place: Place): number {
  switch (formula.kind) {
    case "number":
      return formula.value
    case "name":
      return nameValue(formula.name, place)
    case "output":
      return place.position[formula.output as keyof PositionFacts]
    case "history":
      return valueOf(formula.of, { ...place, at: place.at - valueOf(formula.candlesAgo, place) })
    case "unary":
      return formula.operator === "-" ? -valueOf(formula.of, place) : notValue(valueOf(formula.of, place))
    case "binary":
      return onGrid(
        formula,
        binaryValue(formula.operator, valueOf(formula.left, place), valueOf(formula.right, place)),
        place,
      )
    case "call":
      return callValue(formula.name, formula.arguments, place)
    default:
      throw new Error(`the reference does not know ${formula.kind}`)
  }
}

/** Arithmetic of prices in whole parts of a tick, so that equal amounts are equal numbers. */
function onGrid(formula: Extract<Formula, { kind: "binary" }>, value: number, place: Place): number {
  const names = Object.entries(place.names).map(([name, one]) => ({ name, formula: one }))
  const isParam = ({ formula: one }: (typeof names)[number]) => one.kind === "number"
  const params = new Set(names.filter(isParam).map(({ name }) => name))
  const amount = amountOf(
    formula,
    tickPartsOf(
      names.filter((one) => !isParam(one)),
      params,
    ),
  )
  if (!amount) return value
  const ticks = amount.parts * Number(`1e${place.candles.priceDecimals}`)
  if (amount.operator !== "ratio") return wholeOr(value, ticks) / ticks
  return wholeOr(valueOf(amount.a, place), ticks) / wholeOr(valueOf(amount.b, place), ticks)
}

/** A count of ticks, whole but for rounding; an entry price that slipped is of none. */
function wholeOr(value: number, ticks: number): number {
  const count = value * ticks
  return Math.abs(count - Math.round(count)) < 1e-6 ? Math.round(count) : count
}

function nameValue(name: string, place: Place): number {
  if (Object.hasOwn(place.names, name)) return valueOf(place.names[name], place)
  const column = place.candles[name as "close"]
  return column[place.at] ?? Number.NaN
}

function notValue(value: number): number {
  return Number.isNaN(value) ? Number.NaN : Number(value === 0)
}

function binaryValue(operator: string, a: number, b: number): number {
  if (operator === "and" && (a === 0 || b === 0)) return 0
  if (operator === "or" && [a, b].some((side) => !Number.isNaN(side) && side !== 0)) return 1
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN
  switch (operator) {
    case "+":
      return a + b
    case "-":
      return a - b
    case "*":
      return a * b
    case "/":
      return a / b
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
      return 1
    case "or":
      return 0
    default:
      throw new Error(`the reference does not know ${operator}`)
  }
}

function callValue(name: string, [source, length]: Formula[], place: Place): number {
  if (name === "atr") return averageTrueRange(place.candles, place.at, valueOf(source, place))
  const count = valueOf(length, place)
  const values = Array.from({ length: count }, (_, ago) => valueOf(source, { ...place, at: place.at - ago }))
  if (values.some(Number.isNaN)) return Number.NaN
  if (name === "highest") return Math.max(...values)
  if (name === "lowest") return Math.min(...values)
  if (name === "sma") return meanOnGrid(values, place.candles.priceDecimals)
  throw new Error(`the reference does not know ${name}`)
}

/** The mean in whole ticks, so that equal averages are equal numbers. */
function meanOnGrid(values: number[], decimals: number): number {
  const scale = Number(`1e${decimals}`)
  const ticks = values.reduce((sum, value) => sum + Math.round(value * scale), 0)
  return ticks / (scale * values.length)
}

/**
 * J. W. Wilder's average true range as in TA-Lib's ATR: the mean of the first `length` ranges, then each new one
 * weighs 1/length. In whole ticks, for the ranges of equal candles are equal.
 */
export function averageTrueRange(candles: StrategyCandles, at: number, length: number): number {
  if (at < length) return Number.NaN
  const { high, low, close, priceDecimals } = candles
  const scale = Number(`1e${priceDecimals}`)
  const ticks = (price: number) => Math.round(price * scale)
  const range = (i: number) => ticks(Math.max(high[i], close[i - 1])) - ticks(Math.min(low[i], close[i - 1]))
  let sum = 0
  for (let i = 1; i <= length; i++) sum += range(i)
  let average = sum / length
  for (let i = length + 1; i <= at; i++) average += (range(i) - average) / length
  return average / scale
}
