import { formatShort } from "../../candles/number-format.ts"
import { decidedFormula } from "../formula/formula-decided.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import type { FunctionSpec } from "../formula/function-spec.ts"
import { bindingStrength, formulaText, type BinaryOperator, type Formula } from "../formula/formula.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import type { ParamValues } from "./strategy-document-params.ts"

type Call = Extract<Formula, { kind: "call" }>

/** A formula in words for a beginner, with params as their values and what a switch among them rules out left away. */
export function formulaInWords(text: string, params: ParamValues): string {
  const parsed = parseFormula(text)
  if (!parsed.ok) return text
  const formula = decidedFormula(parsed.formula, params)
  return typeof formula === "boolean" ? (formula ? "always" : "never") : words(formula)
}

function words(formula: Formula): string {
  switch (formula.kind) {
    case "number":
      return formatShort(formula.value)
    case "text":
      return formula.text
    case "name":
      return nameWords.get(formula.name) ?? `“${formula.name}”`
    case "output":
      return outputWords(formula)
    case "call":
      return callWords(formula)
    case "history":
      return `${words(formula.of)} ${counted(formula.candlesAgo)} ago`
    case "timeframe":
      return `${words(formula.of)} on ${formula.timeframe} candles`
    case "unary":
      return formula.operator === "not" ? `it is not so that ${words(formula.of)}` : `minus ${words(formula.of)}`
    case "choice":
      return `${words(formula.yes)} if ${words(formula.condition)}, otherwise ${words(formula.no)}`
    case "binary":
      return binaryWords(formula)
  }
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
  return `${needsBrackets(left, operator, "left") ? `(${words(left)})` : words(left)} ${binaryNames[operator]} ${needsBrackets(right, operator, "right") ? `(${words(right)})` : words(right)}`
}

/** As in the formula; and `and` inside `or`, since spoken words have no precedence. */
function needsBrackets(part: Formula, around: BinaryOperator, side: "left" | "right"): boolean {
  if (part.kind !== "binary") return part.kind === "choice"
  const isLogic = around === "and" || around === "or"
  if (isLogic) return part.operator !== around && (part.operator === "and" || part.operator === "or")
  const [inner, outer] = [bindingStrength[part.operator], bindingStrength[around]]
  return inner < outer || (inner === outer && side === "right")
}

function outputWords({ of, output }: Extract<Formula, { kind: "output" }>): string {
  if (of.kind === "name" && of.name === "position") return positionWords.get(output) ?? output
  const line = ["upper", "middle", "lower"].includes(output) ? `${output} line` : spaced(output)
  return `the ${line} of ${words(of)}`
}

const positionWords = new Map([
  ["profitPercent", "the open position's profit in percent"],
  ["candles", "the candles the position has been open"],
  ["entryPrice", "the entry price"],
])

const sentences: Record<string, (call: Call) => string> = {
  crossover: ({ arguments: [a, b] }) => `${words(a)} crosses above ${words(b)}`,
  crossunder: ({ arguments: [a, b] }) => `${words(a)} crosses below ${words(b)}`,
  cross: ({ arguments: [a, b] }) => `${words(a)} crosses ${words(b)}`,
  rising: ({ arguments: [a, n] }) => `${words(a)} has been rising for ${n ? counted(n) : "a candle"}`,
  falling: ({ arguments: [a, n] }) => `${words(a)} has been falling for ${n ? counted(n) : "a candle"}`,
  sma: (call) => averageWords("average", call),
  ema: (call) => averageWords("exponential average", call),
  wma: (call) => averageWords("weighted average", call),
  rsi: (call) => overWords("the RSI", call),
  highest: (call) => overWords("the highest value", call),
  lowest: (call) => overWords("the lowest value", call),
  stddev: (call) => overWords("the standard deviation", call),
  percentRank: ({ arguments: [a, n] }) =>
    `the rank (in percent) of ${words(a)} among its last ${n ? formulaText(n) : "100"} values`,
  atr: ({ arguments: [n] }) => `the average true range over ${n ? counted(n) : "14 candles"}`,
  bbands: ({ arguments: [source, n] }) =>
    `the Bollinger bands of ${source ? words(source) : "the price"} over ${n ? counted(n) : "5 candles"}`,
  donchian: ({ arguments: [n] }) => `the Donchian channel over ${n ? counted(n) : "20 candles"}`,
}

function averageWords(kind: string, { arguments: [source, n] }: Call): string {
  return `the ${n ? `${formulaText(n)}-candle ` : ""}${kind} of ${source ? words(source) : "the price"}`
}

function overWords(what: string, { arguments: [source, n] }: Call): string {
  return `${what} of ${source ? words(source) : "the price"}${n ? ` over ${counted(n)}` : ""}`
}

function callWords(call: Call): string {
  if (Object.hasOwn(sentences, call.name)) return sentences[call.name](call)
  const spec = functionCatalogue.get(call.name)
  return spec ? specWords(spec, call) : formulaText(call)
}

/** Any other function from its arguments' names: `adx(14)` is "the adx over 14 candles". */
function specWords({ name, arguments: known }: FunctionSpec, call: Call): string {
  const given = call.arguments.map((written, n) => ({ written, argument: known[n] }))
  const sources = given.filter(({ argument }) => argument?.kind === "series").map(({ written }) => words(written))
  const settings = given.filter(({ argument }) => argument?.kind !== "series")
  const over = settings
    .filter(({ argument }) => argument?.name === "length")
    .map(({ written }) => ` over ${counted(written)}`)
  const rest = settings
    .filter(({ argument }) => argument?.name !== "length")
    .map(({ written, argument }) => `${spaced(argument?.name ?? "")} ${words(written)}`)
  return `the ${spaced(name)}${sources.length > 0 ? ` of ${sources.join(" and ")}` : ""}${over.join("")}${rest.length > 0 ? ` (${rest.join(", ")})` : ""}`
}

/** `percentRank` as "percent rank". */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function counted(number: Formula): string {
  const text = formulaText(number)
  return text === "1" ? "1 candle" : `${text} candles`
}
