import { plainText } from "../../candles/foreign-text.ts"
import { formatShort } from "../../candles/number-format.ts"
import { formulaInWords, momentWords } from "../document/plain-words-formula.ts"
import { formulaText, type Formula } from "../formula/formula.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { modelCallOf } from "../formula/model-call.ts"
import { functionTitle } from "../functions/function-titles.ts"
import { comparisonWords, conditionOf, type Condition } from "./condition.ts"

/** What the words need of a document: its params, for their values and the labels of switches. */
export type WordParams = Record<string, { label?: string; value: number | boolean }>

/** A condition in one short line, such as "RSI(14) of close is below 30"; what cannot be read stays as it is written. */
export function conditionInWords(text: string, params: WordParams): string {
  const parsed = parseFormula(text)
  if (!parsed.ok) return text.trim() === "" ? "An empty condition" : text
  const condition = conditionOf(parsed.formula)
  return condition ? conditionWords(condition, params) : formulaInWords(text, {})
}

function conditionWords({ onlyIf, left, comparison, right }: Condition, params: WordParams): string {
  const guard = onlyIf === undefined ? "" : `If ${switchWords(onlyIf, params)}: `
  const candles = comparison === "rising" || comparison === "falling"
  const side = (one: Formula, other: Formula | undefined) =>
    (other && momentWords(one, other)) ?? operandInWords(one, params)
  const after = right === undefined ? "" : ` ${side(right, left)}${candles ? " values" : ""}`
  return `${guard}${side(left, right)} ${comparisonWords[comparison]}${after}`
}

function switchWords(name: string, params: WordParams): string {
  const param = Object.hasOwn(params, name) ? params[name] : undefined
  return `“${labelOf(name, params)}” is ${param?.value === false ? "on (it is off)" : "on"}`
}

/** One value in as few words as say it: "RSI(14) of close on 1d". */
export function operandInWords(formula: Formula, params: WordParams): string {
  switch (formula.kind) {
    case "number":
      return formatShort(formula.value)
    case "text":
      return formula.text
    case "name":
      return nameWords(formula.name, params)
    case "output":
      return formula.of.kind === "name" && formula.of.name === "position"
        ? (positionWords.get(formula.output) ?? formula.output)
        : callWords(formula.of, params, formula.output)
    case "call":
      return callWords(formula, params)
    case "history":
      return `${operandInWords(formula.of, params)} ${agoWords(operandInWords(formula.candlesAgo, params))}`
    case "timeframe":
      return `${operandInWords(formula.of, params)} on ${formula.timeframe}`
    default:
      return numberWords(formula) ?? formulaText(formula)
  }
}

function numberWords(formula: Formula): string | undefined {
  return formula.kind === "unary" && formula.operator === "-" && formula.of.kind === "number"
    ? formatShort(-formula.of.value)
    : undefined
}

/** A label is a person's own text: what hides or turns letters round is spelled out. */
function labelOf(name: string, params: WordParams): string {
  return plainText((Object.hasOwn(params, name) ? params[name].label : undefined) ?? name)
}

function nameWords(name: string, params: WordParams): string {
  const value = Object.hasOwn(params, name) ? params[name].value : undefined
  if (typeof value === "number") return formatShort(value)
  return typeof value === "boolean" ? `“${labelOf(name, params)}”` : name
}

function agoWords(candles: string): string {
  return candles === "1" ? "1 candle ago" : `${candles} candles ago`
}

/** What is asked of the open position, as it is said. */
export const positionWords = new Map([
  ["profitPercent", "profit in percent"],
  ["candles", "candles since the entry"],
  ["entryPrice", "entry price"],
])

function callWords(formula: Formula, params: WordParams, output?: string): string {
  if (formula.kind !== "call")
    return output === undefined ? operandInWords(formula, params) : `${operandInWords(formula, params)} ${output}`
  const asked = modelCallOf(formula)
  if (asked) return `${asked.asks} of “${plainText(asked.model)}”${output === undefined ? "" : ` (${output})`}`
  const known = functionCatalogue.get(formula.name)?.arguments ?? []
  const given = formula.arguments.map((written, n) => ({
    words: operandInWords(written, params),
    kind: known[n]?.kind,
  }))
  const settings = given.filter(({ kind }) => kind !== "series").map(({ words }) => words)
  const sources = given.filter(({ kind }) => kind === "series").map(({ words }) => words)
  const title = `${functionTitle(formula.name)}${output === undefined ? "" : ` ${spaced(output)}`}`
  return `${title}${settings.length > 0 ? `(${settings.join(", ")})` : ""}${sources.length > 0 ? ` of ${sources.join(" and ")}` : ""}`
}

function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
