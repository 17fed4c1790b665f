import { dateWords, isDate } from "../../candles/date-words.ts"
import { plainText } from "../../candles/foreign-text.ts"
import { exactNumber } from "../../candles/number-format.ts"
import { decidedFormula } from "../formula/formula-decided.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import type { FunctionArgument, FunctionSpec } from "../formula/function-spec.ts"
import { modelCallOf } from "../formula/model-call.ts"
import { bindingStrength, formulaText, type BinaryOperator, type Formula } from "../formula/formula.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { functionTitle } from "../functions/function-titles.ts"
import type { ParamValues } from "./strategy-document-params.ts"

type Call = Extract<Formula, { kind: "call" }>

/**
 * A formula in words for a beginner, with params as their values and what a switch among them rules out left away.
 * Every number, function and input of the formula is in the words, and no two different formulas read alike.
 */
export function formulaInWords(text: string, params: ParamValues): string {
  const parsed = parseFormula(text)
  if (!parsed.ok) return text
  const formula = decidedFormula(parsed.formula, params)
  return typeof formula === "boolean" ? (formula ? "always" : "never") : words(formula)
}

/** As `formulaInWords`, for a place in a list of conditions: brackets where "and" and "or" would run together. */
export function listedFormulaInWords(text: string, params: ParamValues): string {
  const parsed = parseFormula(text)
  const formula = parsed.ok ? decidedFormula(parsed.formula, params) : undefined
  const words = formulaInWords(text, params)
  return typeof formula === "object" && (isLogic(formula) || formula.kind === "choice") ? `(${words})` : words
}

function isLogic(formula: Formula): boolean {
  if (formula.kind === "unary") return formula.operator === "not"
  return formula.kind === "binary" && (formula.operator === "and" || formula.operator === "or")
}

function words(formula: Formula): string {
  switch (formula.kind) {
    case "number":
      return exactNumber(formula.value)
    case "text":
      return formula.text
    case "name":
      return nameWords.get(formula.name) ?? `“${formula.name}”`
    case "output":
      return outputWords(formula)
    case "call":
      return callWords(formula)
    case "history":
      // "(high @ 1d)[1]": as it stood when the candle before closed, not a day before.
      if (formula.of.kind === "timeframe") return `${whole(formula.of)}, as of ${counted(formula.candlesAgo)} ago`
      return `${whole(formula.of)} ${counted(formula.candlesAgo)} ago`
    case "timeframe":
      return `${whole(formula.of)} on ${formula.timeframe} candles`
    case "unary":
      return unaryWords(formula)
    case "choice":
      return `${ofChoice(formula.yes)} if ${ofChoice(formula.condition)}, otherwise ${words(formula.no)}`
    case "binary":
      return binaryWords(formula)
  }
}

function unaryWords({ operator, of }: Extract<Formula, { kind: "unary" }>): string {
  if (operator === "not")
    return `it is not so that ${isLogic(of) || of.kind === "choice" ? `(${words(of)})` : words(of)}`
  return of.kind === "number" ? exactNumber(-of.value) : `minus ${whole(of)}`
}

/** In brackets unless it is one thing already, so that what follows is about all of it. */
function whole(formula: Formula): string {
  const isOne =
    formula.kind === "call"
      ? !isSentence(formula)
      : formula.kind !== "binary" && formula.kind !== "unary" && formula.kind !== "choice"
  return isOne ? words(formula) : `(${words(formula)})`
}

/** As the source of a function: an age or a timeframe is the source's own, and not the function's. */
function source(formula: Formula): string {
  const isOfOther = formula.kind === "history" || formula.kind === "timeframe"
  return isOfOther ? `(${words(formula)})` : whole(formula)
}

function ofChoice(formula: Formula): string {
  return formula.kind === "choice" ? `(${words(formula)})` : words(formula)
}

const nameWords = new Map([
  ["open", "the opening price"],
  ["high", "the candle's high"],
  ["low", "the candle's low"],
  ["close", "the price"],
  ["volume", "the volume"],
  ["hl2", "the middle of the candle"],
  ["hlc3", "the typical price"],
  ["ohlc4", "the average price of the candle"],
  ["hour", "the hour (UTC)"],
  ["weekday", "the weekday (1 = Monday)"],
  ["time", "the candle's time"],
])

const binaryNames: Record<BinaryOperator, string> = {
  "+": "plus",
  "-": "minus",
  "*": "times",
  "/": "divided by",
  "%": "modulo",
  "<": "is below",
  "<=": "is at or below",
  ">": "is above",
  ">=": "is at or above",
  "==": "equals",
  "!=": "differs from",
  and: "and",
  or: "or",
}

function binaryWords({ operator, left, right }: Extract<Formula, { kind: "binary" }>): string {
  const side = (part: Formula, which: "left" | "right") =>
    needsBrackets(part, operator, which)
      ? `(${words(part)})`
      : (momentWords(part, which === "left" ? right : left) ?? words(part))
  return `${side(left, "left")} ${binaryNames[operator]} ${side(right, "right")}`
}

/** A number that stands beside the candle's time as the moment it is. */
export function momentWords(number: Formula, beside: Formula): string | undefined {
  if (number.kind !== "number" || !isDate(number.value) || beside.kind !== "name" || beside.name !== "time") return
  return `${dateWords(number.value)} UTC`
}

/** As in the formula; and `and` inside `or`, since spoken words have no precedence. */
function needsBrackets(part: Formula, around: BinaryOperator, side: "left" | "right"): boolean {
  if (part.kind === "call") return isSentence(part) && around !== "and" && around !== "or"
  if (part.kind === "unary")
    return part.operator === "not" || (part.of.kind !== "number" && around !== "and" && around !== "or")
  if (part.kind !== "binary") return part.kind === "choice"
  const isOfLogic = around === "and" || around === "or"
  if (isOfLogic) return isLogic(part) && (part.operator !== around || side === "right")
  const [inner, outer] = [bindingStrength[part.operator], bindingStrength[around]]
  return inner < outer || (inner === outer && side === "right") || isLogic(part)
}

function outputWords({ of, output }: Extract<Formula, { kind: "output" }>): string {
  if (of.kind === "name" && of.name === "position") return positionWords.get(output) ?? output
  const forecast = modelCallOf(of)
  if (forecast) return `${forecastWords.get(output) ?? output} of the ${forecast.asks} “${plainText(forecast.model)}”`
  const line = ["upper", "middle", "lower"].includes(output) ? `${output} line` : spaced(output)
  return `the ${line} of ${source(of)}`
}

const forecastWords = new Map([
  ["value", "the value"],
  ["probability", "the probability"],
  ["low", "the lower end"],
  ["high", "the upper end"],
])

const positionWords = new Map([
  ["profitPercent", "the open position's profit in percent"],
  ["candles", "the candles the position has been open"],
  ["entryPrice", "the entry price"],
])

/** Functions that make a whole sentence of their own, with what comes after it left out. */
const sentences: Record<
  string,
  (part: (n: number) => string, count: (n: number) => string, isGiven: (n: number) => boolean) => string
> = {
  crossover: (part) => `${part(0)} crosses above ${part(1)}`,
  crossunder: (part) => `${part(0)} crosses below ${part(1)}`,
  cross: (part) => `${part(0)} crosses ${part(1)}`,
  rising: (part, count) => `${part(0)} has been rising for ${count(1)}`,
  falling: (part, count) => `${part(0)} has been falling for ${count(1)}`,
}

/** Functions with words of their own. */
const phrases: Partial<typeof sentences> = {
  sma: (part, count) => `the ${count(1).replace(/ candles?$/, "")}-candle average of ${part(0)}`,
  ema: (part, count) => `the ${count(1).replace(/ candles?$/, "")}-candle exponential average of ${part(0)}`,
  wma: (part, count) => `the ${count(1).replace(/ candles?$/, "")}-candle weighted average of ${part(0)}`,
  highest: (part, count) => `the highest value of ${part(0)} over ${count(1)}`,
  lowest: (part, count) => `the lowest value of ${part(0)} over ${count(1)}`,
  percentRank: (part, count) =>
    `the rank (in percent) of ${part(0)} among its last ${count(1).replace(/ candles?$/, "")} values`,
  atr: (_, count) => `the average true range over ${count(0)}`,
  barsSince: (part) => `the candles since ${part(0)}`,
  highestBars: (part, count) => `the candles since the highest value of ${part(0)} over ${count(1)}`,
  lowestBars: (part, count) => `the candles since the lowest value of ${part(0)} over ${count(1)}`,
  valueWhen: (part, _, isGiven) =>
    isGiven(2)
      ? `the value of ${part(1)} at the candle, ${part(2)} such candles before the last, at which ${part(0)}`
      : `the value of ${part(1)} at the last candle at which ${part(0)}`,
  change: (part, count) => `the change of ${part(0)} over ${count(1)}`,
  abs: (part) => `the size of ${part(0)} without its sign`,
  min: (part) => `the smaller of ${part(0)} and ${part(1)}`,
  max: (part) => `the larger of ${part(0)} and ${part(1)}`,
  floor: (part) => `${part(0)} rounded down`,
  ceil: (part) => `${part(0)} rounded up`,
  round: (part) => `${part(0)} rounded`,
  clamp: (part) => `${part(0)} kept within ${part(1)} and ${part(2)}`,
  nz: (part) => `${part(0)} or, until it is known, ${part(1)}`,
  pow: (part) => `${part(0)} to the power of ${part(1)}`,
}

function isSentence({ name }: Call): boolean {
  return (
    Object.hasOwn(sentences, name) ||
    ["floor", "ceil", "round", "clamp", "nz", "pow", "min", "max", "barsSince", "valueWhen"].includes(name)
  )
}

function callWords(call: Call): string {
  const asked = modelCallOf(call)
  if (asked) return `the ${asked.asks} “${plainText(asked.model)}”`
  const spec = functionCatalogue.get(call.name)
  if (!spec) return formulaText(call)
  const isWhole = Object.hasOwn(sentences, call.name)
  const phrase = isWhole ? sentences[call.name] : phrases[call.name]
  // The verb of a sentence keeps its two sides apart; elsewhere an age must not seem the function's own.
  const inWords = isWhole ? whole : source
  return phrase && call.arguments.length <= spec.arguments.length
    ? phrase(
        (n) => inWords(argumentOf(call, spec, n)),
        (n) => counted(argumentOf(call, spec, n)),
        (n) => n < call.arguments.length,
      )
    : specWords(spec, call)
}

/** What is written for an argument, or what it is when it is left out. */
function argumentOf(call: Call, { arguments: known }: FunctionSpec, n: number): Formula {
  return call.arguments[n] ?? usualOf(known[n]) ?? { kind: "text", text: "…", at: 0 }
}

function usualOf(argument: FunctionArgument | undefined): Formula | undefined {
  const usual = argument?.default
  if (typeof usual === "number") return { kind: "number", value: usual, at: 0 }
  if (usual === undefined) return undefined
  const parsed = parseFormula(usual)
  return parsed.ok ? parsed.formula : undefined
}

/** Any other function from its arguments' names: `adx(14)` is "the ADX over 14 candles". */
function specWords(spec: FunctionSpec, call: Call): string {
  const { name, arguments: known } = spec
  const given = known.map((argument, n) => ({
    argument,
    written: argumentOf(call, spec, n),
    isGiven: n < call.arguments.length,
  }))
  const sources = given.filter(({ argument }) => argument.kind === "series").map(({ written }) => source(written))
  const over = given
    .filter(({ argument }) => argument.name === "length")
    .map(({ written }) => ` over ${counted(written)}`)
  const rest = given
    .filter(({ argument, isGiven }) => argument.kind !== "series" && argument.name !== "length" && isGiven)
    .map(({ written, argument }) => `${spaced(argument.name)} ${words(written)}`)
  const more = call.arguments.slice(known.length).map((written) => `and ${source(written)}`)
  const settings = [...rest, ...more]
  return `the ${spokenTitle(name)}${sources.length > 0 ? ` of ${sources.join(" and ")}` : ""}${over.join("")}${settings.length > 0 ? ` (${settings.join(", ")})` : ""}`
}

/** A title inside a sentence: "Money flow index" as "money flow index", but "RSI" as it is. */
function spokenTitle(name: string): string {
  const title = functionTitle(name)
  if (name.startsWith("cdl")) return `pattern ${title}`
  return /^[A-Z][a-z]/.test(title) && !properNames.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
}

const properNames = /^(Bollinger|Keltner|Donchian|Chaikin|Chande|Kaufman|Hull|Wilder|Williams|Ichimoku|Aroon|Hilbert)/

/** `percentRank` as "percent rank". */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function counted(number: Formula): string {
  if (number.kind !== "number") return `${source(number)} candles`
  return number.value === 1 ? "1 candle" : `${exactNumber(number.value)} candles`
}
