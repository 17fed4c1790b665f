import { candleTimeframesMs } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import { formulaText, positionFields } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { inputNames, modelFunctions } from "../formula/formula-names.ts"
import { forecastOutputs, modelCallOf, outputsOf } from "../formula/model-call.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { functionTitle } from "../functions/function-titles.ts"
import { formulaOfOperand, operandOfFunction, operandOf } from "./operand.ts"

/** What could stand at a place of a formula: `insert` goes where the letters typed so far are. */
export type Completion = { name: string; insert: string; about: string }
export type Completions = { fromCharacter: number; items: Completion[] }

/** As many as fit below a field without scrolling. */
const MOST_COMPLETIONS = 7

/** What could be meant at a character of a half-written formula, the likeliest first. */
export function completionsAt(text: string, at: number, document: WrittenStrategy): Completions {
  const before = text.slice(0, at)
  const typed = /[A-Za-z0-9_]*$/.exec(before)![0]
  const fromCharacter = at - typed.length
  const lead = before.slice(0, fromCharacter).trimEnd()
  const items = lead.endsWith("@")
    ? timeframes
    : lead.endsWith(".")
      ? outputsAfter(lead.slice(0, -1), document)
      : /^\d/.test(typed)
        ? []
        : everyName(document, text.charAt(at) === "(")
  return { fromCharacter, items: likeliest(items, typed) }
}

function likeliest(items: Completion[], typed: string): Completion[] {
  const wanted = typed.toLowerCase()
  const rank = ({ name, about }: Completion) => {
    const known = name.toLowerCase()
    if (known === wanted) return 0
    if (known.startsWith(wanted)) return 1
    return wanted.length > 1 && `${known} ${about}`.toLowerCase().includes(wanted) ? 2 : 3
  }
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter(({ rank: own }) => own < 3)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST_COMPLETIONS)
    .map(({ item }) => item)
}

const timeframes: Completion[] = Object.keys(candleTimeframesMs).map((name) => ({
  name,
  insert: name,
  about: `on candles of ${name}, as far as they have ended`,
}))

const words: Completion[] = [
  { name: "and", insert: "and ", about: "both must be true" },
  { name: "or", insert: "or ", about: "one of both must be true" },
  { name: "not", insert: "not ", about: "the opposite" },
  { name: "position", insert: "position.", about: "the open position, in exits and prices" },
]

function everyName({ series = {}, params = {}, models = {} }: WrittenStrategy, hasBracket: boolean): Completion[] {
  return [
    ...Object.entries(models).map(([name, { kind }]) => {
      const call = `${kind === "regimes" ? "regime" : "forecast"}("${name}")`
      return { name: call, insert: call, about: `a model of this strategy: ${name}` }
    }),
    ...Object.entries(series).map(([name, text]) => ({ name, insert: name, about: `series: ${text}` })),
    ...Object.entries(params).map(([name, { label, value }]) => ({
      name,
      insert: name,
      about: `slider: ${label ?? name}, now ${value}`,
    })),
    ...inputNames.map((name) => ({ name, insert: name, about: "a value of the candle" })),
    ...[...functionCatalogue.values()]
      .filter(({ name }) => !(inputNames as readonly string[]).includes(name))
      .map(({ name, doc }) => ({
        name,
        insert: hasBracket ? name : usualCall(name),
        about: `${functionTitle(name)}: ${doc}`,
      })),
    ...words,
  ]
}

/** A call with its usual arguments, such as `rsi(close, 14)`. */
function usualCall(name: string): string {
  return formulaText(formulaOfOperand(operandOfFunction(name)))
}

/** The outputs of what stands before a dot. */
function outputsAfter(text: string, { series = {}, models = {} }: WrittenStrategy): Completion[] {
  const name = nameBefore(text)
  if (name === "position")
    return positionFields.map((field) => ({ name: field, insert: field, about: "of the open position" }))
  const called = name !== undefined && Object.hasOwn(series, name) ? functionOfSeries(series[name]) : name
  if (called === "forecast") {
    const model = askedModel(name === "forecast" ? text : series[name!])
    const known = model !== undefined && Object.hasOwn(models, model) ? outputsOf(models[model]) : forecastOutputs
    return known.map((output) => ({ name: output, insert: output, about: "of the forecast" }))
  }
  const outputs = called === undefined ? [] : (functionCatalogue.get(called)?.outputs ?? [])
  return outputs.map((output) => ({ name: output, insert: output, about: `of ${functionTitle(called!)}` }))
}

/** The model that is asked at the end of a text. */
function askedModel(text: string): string | undefined {
  const parsed = parseFormula(/forecast\([^()]*\)$/.exec(text)?.[0] ?? text)
  return parsed.ok ? modelCallOf(operandOf(parsed.formula).core)?.model : undefined
}

/** The name a text ends with: `… position` or the function of `… macd(close, 12)`. */
function nameBefore(text: string): string | undefined {
  if (!text.endsWith(")")) return /[A-Za-z_]\w*$/.exec(text)?.[0]
  let depth = 0
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ")") depth++
    else if (text[at] === "(" && --depth === 0) return /[A-Za-z_]\w*$/.exec(text.slice(0, at).trimEnd())?.[0]
  }
  return undefined
}

function functionOfSeries(text: string): string | undefined {
  const parsed = parseFormula(text)
  if (!parsed.ok) return undefined
  const { core } = operandOf(parsed.formula)
  return core.kind === "call" ? core.name : undefined
}

/** What a name means, with the call it stands in: for a hover and for the line below a formula. */
export type NameHelp = { signature: string; about: string }

/** What the name at a character means; where there is none, the function whose brackets are open there. */
export function helpAt(text: string, at: number, document: WrittenStrategy): NameHelp | undefined {
  const name = wordAt(text, at)
  return (name === undefined ? undefined : helpOf(name, document)) ?? helpOf(openFunction(text.slice(0, at)), document)
}

/** What a name of a formula means, whoever gave it. */
export function helpOf(name: string | undefined, { series = {}, params = {} }: WrittenStrategy): NameHelp | undefined {
  if (name === undefined) return undefined
  if (Object.hasOwn(series, name)) return { signature: name, about: `A series of this strategy: ${series[name]}` }
  if (Object.hasOwn(params, name)) return paramHelp(name, params[name])
  if ((inputNames as readonly string[]).includes(name)) return { signature: name, about: "A value of the candle." }
  const asked = modelFunctions.find((each) => each === name)
  if (asked) return modelHelp[asked]
  const spec = functionCatalogue.get(name)
  if (!spec) return undefined
  const known = spec.arguments.map((argument) =>
    argument.default === undefined ? argument.name : `${argument.name} = ${argument.default}`,
  )
  const outputs = spec.outputs.map((output) => `.${output}`).join(" ")
  return { signature: `${name}(${known.join(", ")})${outputs && ` ${outputs}`}`, about: spec.doc }
}

const modelHelp: Record<(typeof modelFunctions)[number], NameHelp> = {
  forecast: {
    signature: `forecast("name") ${forecastOutputs.map((output) => `.${output}`).join(" ")}`,
    about: "What a model of this strategy says will come, learnt from earlier candles only.",
  },
  regime: { signature: `regime("name")`, about: "In which of its moods a model of this strategy sees the market." },
}

function paramHelp(name: string, param: NonNullable<WrittenStrategy["params"]>[string]): NameHelp {
  const range = param.type === "bool" ? "on or off" : `${param.min} to ${param.max}`
  return { signature: name, about: `The slider ${param.label ?? name}: now ${param.value}, ${range}.` }
}

function wordAt(text: string, at: number): string | undefined {
  const left = /[A-Za-z_]\w*$/.exec(text.slice(0, at))?.[0] ?? ""
  const right = /^\w*/.exec(text.slice(at))![0]
  return left === "" && !/^[A-Za-z_]/.test(right) ? undefined : left + right
}

function openFunction(before: string): string | undefined {
  let depth = 0
  for (let at = before.length - 1; at >= 0; at--) {
    if (before[at] === ")") depth++
    else if (before[at] === "(" && depth-- === 0) return /[A-Za-z_]\w*$/.exec(before.slice(0, at).trimEnd())?.[0]
  }
  return undefined
}
