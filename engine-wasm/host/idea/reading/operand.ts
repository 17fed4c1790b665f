import { DAY_MS, MINUTE_MS, timeframesMs, type Timeframe } from "../../candles/timeframe.ts"
import { functionCatalogue } from "../../strategy/formula/function-catalogue.ts"

/** A value at each candle, before it is known on which timeframe the strategy decides. */
export type Operand = {
  /** "number", a name of the candle ("close"), or a function of the formula language. */
  name: string
  value?: number
  /** The numbers of a call, as far as they were said. */
  numbers: number[]
  source?: string
  output?: string
  /** Candles back. */
  ago?: number
  /** A longer timeframe, where it was said. */
  timeframe?: Timeframe
  /** "The 20 day high": minutes of the unit its length was said in. */
  unitMinutes?: number
  /** "3 % below it" is -3. */
  percentOff?: number
  /** "2 ATR below it" is -2. */
  rangesOff?: { multiple: number; length: number }
  /** "Twice the average" is 2. */
  factor?: number
  /** Whether it was called an average, without its kind. */
  isAnyAverage?: boolean
  /** Whether its length was said. */
  hasLength?: boolean
  isMoney?: boolean
  /** "The swing low": its length was not said. */
  isSwing?: boolean
  /** "RSI 30/70": where it lets in and where it lets out. */
  limits?: [low: number, high: number]
  /** "Yesterday's high": on candles of that length it is the one before. */
  isPast?: boolean
}

/** The numbers people mean when they say none; the formula language's own otherwise. */
const usualNumbers: Record<string, number[]> = {
  bbands: [20, 2],
  stoch: [14, 3, 3],
  stochf: [14, 3],
  stochRsi: [14, 14, 3],
  cci: [20],
  sma: [50],
  ema: [50],
  wma: [50],
  hma: [50],
  dema: [50],
  tema: [50],
  kama: [50],
  vwma: [50],
  highest: [20],
  lowest: [20],
  roc: [1],
  stddev: [20, 1],
  linregSlope: [20],
}

/** Volumes are compared with those of the last 20 candles, where nobody says. */
const VOLUME_LENGTH = 20

/** All numbers of a call: those that were said, then the usual ones. */
export function numbersOf({ name, numbers, source }: Operand): number[] {
  const usual = source === "volume" ? [VOLUME_LENGTH] : (usualNumbers[name] ?? [])
  return numberArguments(name).map((argument, n) => numbers[n] ?? usual[n] ?? argument.default ?? argument.min)
}

/** The arguments of a function that are numbers. */
export function numberArguments(name: string) {
  const given = functionCatalogue.get(name)?.arguments ?? []
  return given.flatMap((each) => (each.kind === "integer" || each.kind === "number" ? [each] : []))
}

/** How many numbers of a call can be left out at the end without changing it. */
function shownNumbers(operand: Operand): number[] {
  const all = numbersOf(operand)
  // The second width of Bollinger's bands is the first one.
  return operand.name === "bbands" ? all.slice(0, 2) : operand.name === "stddev" ? all.slice(0, 1) : all
}

/** The operand in the formula language, for a strategy that decides on this timeframe. */
export function operandFormula(operand: Operand, timeframe: Timeframe): string {
  const text = onItsTimeframe(fitted(operand, timeframe), timeframe)
  const off = operand.percentOff
  if (operand.rangesOff) return `${text} ${rangesText(operand, timeframe)}`
  if (operand.factor !== undefined) return `${text} * ${operand.factor}`
  if (off === undefined) return text
  return off < 0 ? `${text} * (1 - ${-off} / 100)` : `${text} * (1 + ${off} / 100)`
}

/** "- 2 * atr(14)", on the timeframe of the line it is away from. */
function rangesText({ rangesOff, timeframe: own }: Operand, timeframe: Timeframe): string {
  const { multiple, length } = rangesOff!
  const atr = onItsTimeframe({ name: "atr", numbers: [length], timeframe: own }, timeframe)
  return `${multiple < 0 ? "-" : "+"} ${Math.abs(multiple)} * ${atr.includes("@") ? `(${atr})` : atr}`
}

/** An operand whose length was said in time, with its length in candles or on that unit's own timeframe. */
function fitted(operand: Operand, timeframe: Timeframe): Operand {
  const { unitMinutes, numbers } = operand
  if (unitMinutes === undefined || numbers.length === 0) return operand
  const unitMs = unitMinutes * MINUTE_MS
  const ownMs = timeframesMs[timeframe]
  if (unitMs === ownMs) return operand
  const named = (Object.keys(timeframesMs) as Timeframe[]).find((each) => timeframesMs[each] === unitMs)
  if (named && unitMs > ownMs && unitMs >= DAY_MS && operand.name !== "roc")
    return { ...operand, timeframe: operand.timeframe ?? named, ago: undefined, isPast: operand.ago !== undefined }
  return { ...operand, numbers: [Math.max(1, Math.round((numbers[0] * unitMs) / ownMs)), ...numbers.slice(1)] }
}

function onItsTimeframe(operand: Operand, timeframe: Timeframe): string {
  const isOther = operand.timeframe !== undefined && operand.timeframe !== timeframe
  if (isOther && isBefore(operand)) return `(${callText(operand)} @ ${operand.timeframe})[1]`
  const back = (operand.ago ?? 0) + (operand.isPast && operand.timeframe === timeframe ? 1 : 0)
  const ago = back > 0 ? `[${back}]` : ""
  const text = `${callText(operand)}${ago}`
  return isOther ? `${text} @ ${operand.timeframe}` : text
}

const edges = new Set(["highest", "lowest", "donchian"])

/**
 * Whether a value is that of days before this one. The last candle of a day closes with it, so `high @ 1d` is already
 * today's there; one candle back it never is.
 */
function isBefore({ name, ago, isPast }: Operand): boolean {
  return isPast === true || (ago === 1 && edges.has(name))
}

/** The call of an operand in the formula language, on its own timeframe. */
export function callText(operand: Operand): string {
  const { name, source = "close", output } = operand
  if (name === "number") return String(operand.value)
  if (name === "cloudTop" || name === "cloudBottom") return cloudText(name === "cloudTop" ? "max" : "min")
  const spec = functionCatalogue.get(name)
  if (!spec) return name
  const numbers = shownNumbers(operand).map(String)
  const given = spec.arguments.some(({ kind }) => kind === "series") ? [source, ...numbers] : numbers
  return `${name}(${given.join(", ")})${output ? `.${output}` : ""}`
}

function cloudText(edge: "max" | "min"): string {
  const cloud = "ichimoku(9, 26, 52)"
  return `${edge}(${cloud}.spanA, ${cloud}.spanB)`
}

export const numberOperand = (value: number): Operand => ({ name: "number", value, numbers: [] })
export const priceOperand = (name: string): Operand => ({ name, numbers: [] })

/** Prices of a candle, and what is compared with them. */
export const priceNames = new Set(["open", "high", "low", "close"])
const averageNames = new Set([
  "sma",
  "ema",
  "wma",
  "dema",
  "tema",
  "trima",
  "kama",
  "hma",
  "rma",
  "vwma",
  "t3",
  "vwap",
  "linreg",
  "tsf",
  "htTrendline",
])

export function isAverage({ name }: Operand): boolean {
  return averageNames.has(name)
}

/** Lines above and below the price. */
export function isChannel({ name }: Operand): boolean {
  return name === "bbands" || name === "keltner" || name === "donchian"
}

/** How far prices move, on their own scale. */
export function isRange({ name }: Operand): boolean {
  return name === "atr" || name === "trange" || name === "stddev"
}

export function isPrice({ name }: Operand): boolean {
  return priceNames.has(name)
}
