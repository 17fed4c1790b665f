import type { StrategyParam, WrittenStrategy } from "../document/strategy-document.ts"
import { documentLimits } from "../document/strategy-document.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { reservedNames } from "../formula/formula-names.ts"
import { type DocumentPath, valueAt, withValueAt } from "./document-path.ts"
import { renamedInFormulas, writtenFormulas } from "./document-formulas.ts"
import { type NumberMeaning, numberSpots } from "./number-spot.ts"

/** The document with a slider more, and the slider's name; a refusal in words where there is room for no more. */
type Adjusted = { ok: true; document: WrittenStrategy; name: string } | { ok: false; because: string }

/** A number of the document, such as `protect.stopLoss.percent`, becomes a slider. */
export function makeNumberAdjustable(document: WrittenStrategy, path: DocumentPath, meaning: NumberMeaning): Adjusted {
  const added = withParam(document, meaning)
  return added.ok ? { ...added, document: withValueAt(added.document, path, added.name) } : added
}

/** A number in the formula at a place becomes a slider. `at`: the character it begins at. */
export function makeFormulaNumberAdjustable(document: WrittenStrategy, path: DocumentPath, at: number): Adjusted {
  const text = valueAt(document, path)
  const spot = typeof text === "string" ? numberSpots(text).find((each) => each.at === at) : undefined
  if (!spot || typeof text !== "string") return { ok: false, because: "There is no number here that can be moved." }
  const added = withParam(document, spot)
  if (!added.ok) return added
  const written = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/.exec(text.slice(at))![0]
  const named = `${text.slice(0, at)}${added.name}${text.slice(at + written.length)}`
  return { ...added, document: withValueAt(added.document, path, named) }
}

/** The slider becomes the number it shows, wherever it is used. */
export function makeFixed(document: WrittenStrategy, name: string): WrittenStrategy {
  const { [name]: param, ...params } = document.params ?? {}
  if (!param || param.type === "bool") return document
  const value = String(param.value)
  const text = param.value < 0 ? `(${value})` : value
  const fixed = renamedInFormulas(withFixedNumbers(document, name, param.value), name, text)
  return { ...fixed, params }
}

/** The document without the params nothing uses any more, such as the switch of a condition that went. */
export function withoutUnusedParams(before: WrittenStrategy, after: WrittenStrategy): WrittenStrategy {
  if (after.code) return after
  const gone = Object.keys(after.params ?? {}).filter((name) => isUsed(before, name) && !isUsed(after, name))
  if (gone.length === 0) return after
  return {
    ...after,
    params: Object.fromEntries(Object.entries(after.params!).filter(([name]) => !gone.includes(name))),
  }
}

function isUsed(document: WrittenStrategy, name: string): boolean {
  const word = new RegExp(`\\b${name}\\b`)
  if (writtenFormulas(document).some(({ text }) => word.test(text))) return true
  return numberParts.some((part) => wordsIn(document[part]).includes(name))
}

const numberParts = ["protect", "size", "orders", "add", "limits"] as const

function wordsIn(part: unknown): string[] {
  if (typeof part === "string") return [part]
  return typeof part === "object" && part !== null
    ? Object.entries(part).flatMap(([key, inner]) => (key === "kind" || key === "formula" ? [] : wordsIn(inner)))
    : []
}

function withFixedNumbers(document: WrittenStrategy, name: string, value: number): WrittenStrategy {
  const fixed = (part: unknown): unknown => {
    if (part === name) return value
    if (Array.isArray(part)) return part.map(fixed)
    if (typeof part !== "object" || part === null) return part
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [key, key === "kind" || key === "formula" ? inner : fixed(inner)]),
    )
  }
  const parts = numberParts.filter((part) => document[part]).map((part) => [part, fixed(document[part])])
  return { ...document, ...Object.fromEntries(parts) }
}

function withParam(document: WrittenStrategy, meaning: NumberMeaning): Adjusted {
  const params = document.params ?? {}
  if (Object.keys(params).length >= documentLimits.params)
    return { ok: false, because: `A strategy has at most ${documentLimits.params} sliders. Fix one first.` }
  const name = freeName(document, meaning.label)
  const label = freeLabel(document, meaning.label)
  return {
    ok: true,
    name,
    document: { ...document, params: { ...params, [name]: { label, ...sensibleParam(meaning) } } },
  }
}

/** A switch that can turn a condition off, as a param of its own. */
export function withSwitch(document: WrittenStrategy, label: string): Adjusted {
  const name = freeName(document, label)
  const param = { type: "bool" as const, label: freeLabel(document, label), value: true }
  return { ok: true, name, document: { ...document, params: { ...document.params, [name]: param } } }
}

/** A name of the formula language for a label that nothing else has: "RSI limit" as `rsiLimit`, then `rsiLimit2`. */
export function freeName(document: WrittenStrategy, label: string): string {
  const words = label.normalize("NFKD").match(/[A-Za-z0-9]+/g) ?? []
  const joined = words.map((word, n) => (n === 0 ? word.toLowerCase() : capital(word.toLowerCase()))).join("")
  const base = /^[a-z]/i.test(joined) ? joined.slice(0, 30) : `number${joined.slice(0, 20)}`
  return firstFree(base, (name) => isTakenName(document, name), "")
}

function freeLabel({ params = {} }: WrittenStrategy, label: string): string {
  const taken = new Set(Object.values(params).map((param) => param.label))
  return firstFree(label, (text) => taken.has(text), " ")
}

function firstFree(base: string, isTaken: (text: string) => boolean, gap: string): string {
  if (!isTaken(base)) return base
  let count = 2
  while (isTaken(`${base}${gap}${count}`)) count++
  return `${base}${gap}${count}`
}

/** Whether a name of the formula language means something already. */
export function isTakenName({ params = {}, series = {} }: WrittenStrategy, name: string): boolean {
  const isWord = functionCatalogue.has(name) || reservedNames.includes(name)
  return isWord || Object.hasOwn(params, name) || Object.hasOwn(series, name)
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

type NumberParam = Exclude<StrategyParam, { type: "bool" }>

/** A slider around a number: from a quarter of it to three times it, within what is possible there. */
export function sensibleParam({ value, isWhole, isScale, min, max }: NumberMeaning): Omit<NumberParam, "label"> {
  if (isWhole) {
    const least = Math.max(Math.ceil(min), Math.floor(value / 4))
    const most = Math.min(Math.floor(max), Math.max(least + 10, Math.ceil(value * 3)))
    return { type: "int", value, min: Math.min(value, least), max: Math.max(value, most), step: 1 }
  }
  const [low, high] = isScale ? [min, max] : around(value)
  const step = stepOf(Math.max(Math.abs(low), Math.abs(high)))
  return {
    type: "number",
    value,
    // Counted from the value, so that it lies on a step itself.
    min: rounded(value - Math.floor(rounded((value - Math.max(min, low)) / step)) * step),
    max: rounded(value + Math.floor(rounded((Math.min(max, high) - value) / step)) * step),
    step,
  }
}

function around(value: number): [number, number] {
  if (value === 0) return [-1, 1]
  return value > 0 ? [value / 4, value * 3] : [value * 3, value / 4]
}

/** A round step, about a hundredth of the range. */
function stepOf(size: number): number {
  return rounded(10 ** Math.round(Math.log10(size / 150)))
}

/** Without what binary fractions add. */
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
