import { plainText } from "../../candles/foreign-text.ts"
import type { StrategyDocument, WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { makeFixed } from "../../strategy/edit/adjustable.ts"
import { writtenFormulas } from "../../strategy/edit/document-formulas.ts"
import { numberSpots } from "../../strategy/edit/number-spot.ts"
import { placeInWords } from "../../strategy/edit/place-words.ts"
import { functionCatalogue } from "../../strategy/formula/function-catalogue.ts"
import { everyPartOf } from "../../strategy/formula/formula-walk.ts"
import { parseFormula } from "../../strategy/formula/formula-parser.ts"
import { functionTitle } from "../../strategy/functions/function-titles.ts"
import type { IdeaPart, Reply } from "../reply.ts"

/** A number the person said that the rules do not have; `wrote` is what stands in its place. */
export type ChangedNumber = { said: number; wrote?: number; what?: string }

/**
 * What a model changed of the numbers a person said, by the interpreter's reading of the same words: where it read a
 * strategy, place for place; else whether each number is in the rules at all.
 */
export function changedNumbers(reading: Reply, document: StrategyDocument): ChangedNumber[] {
  const written = numbersOf(document)
  const read = documentIn(reading)
  if (read === undefined) return lostNumbers(saidNumbers(reading), written, document)
  const known = numbersOf(read).filter((fact) => isSaid(reading, fact))
  return known.filter((each) => !hasNumber(written, each)).map((each) => change(each, written, known))
}

/** Whether the person said a number that stands at a place of the rules they were read as, like "size" or "protect.stopLoss". */
export function isSaidFor(reading: Reply, read: StrategyDocument, at: string): boolean {
  return numbersOf(read).some((fact) => fact.place.startsWith(at) && isSaid(reading, fact))
}

/** A number counts as said only in words about what it is for: the 1 of "1h" is not that of a risk of 1 %. */
function isSaid(reading: Reply, { value, place, isFormula }: NumberFact): boolean {
  const about = isFormula ? ruleParts : (partsSaying[place.split(".")[0]] ?? ruleParts)
  return [...saidNumbers(reading, about)].some((each) => isNear(each, value))
}

const ruleParts: readonly IdeaPart[] = ["enter", "exit", "side", "session", "protect"]
const partsSaying: Record<string, readonly IdeaPart[] | undefined> = {
  protect: ["protect", "exit"],
  size: ["size", "limits"],
  orders: ["orders", "enter"],
  add: ["add", "size"],
  limits: ["limits", "size"],
}

/** Whether the interpreter read enough for its numbers to be compared place for place. */
export function isComparable(reading: Reply): boolean {
  return documentIn(reading) !== undefined
}

/** "You said 30, the rules have 25 (RSI limit)." */
export function changedNumberInWords({ said, wrote, what }: ChangedNumber): string {
  if (wrote === undefined) return `You said ${said}; the rules do not have it.`
  return `You said ${said}; the rules have ${wrote}${what === undefined ? "" : ` (${what})`}.`
}

function lostNumbers(
  said: Set<number>,
  written: NumberFact[],
  { timeframe, markets }: StrategyDocument,
): ChangedNumber[] {
  const elsewhere = `${timeframe} ${markets.join(" ")}`.match(/\d+/g) ?? []
  const all = [...written.map(({ value }) => value), ...elsewhere.map(Number)]
  return [...said].filter((value) => !all.some((each) => isNear(each, value))).map((value) => ({ said: value }))
}

type NumberFact = { place: string; isFormula: boolean; what: string; value: number }

function documentIn(reading: Reply): StrategyDocument | undefined {
  if (reading.kind === "strategy") return reading.document
  return reading.kind === "question" ? reading.draft : undefined
}

function change(fact: NumberFact, written: NumberFact[], known: NumberFact[]): ChangedNumber {
  const instead = written.filter(({ place }) => place === fact.place).filter((each) => !hasNumber(known, each))
  const [nearest] = instead.toSorted((a, b) => Math.abs(a.value - fact.value) - Math.abs(b.value - fact.value))
  return { said: fact.value, wrote: nearest?.value, what: fact.what }
}

/** In formulas a number may stand elsewhere, as when a crossing is written as a comparison. */
function hasNumber(facts: NumberFact[], { place, isFormula, value }: NumberFact): boolean {
  return facts.some((each) => isNear(each.value, value) && (isFormula ? each.isFormula : each.place === place))
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 + Math.abs(b) * 1e-6
}

/** Every number in the person's words, or in those about some parts and those not understood; decimal commas and points alike. */
function saidNumbers({ understood, notUnderstood }: Reply, about?: readonly IdeaPart[]): Set<number> {
  const heard = understood.filter(({ part }) => about === undefined || about.includes(part))
  const words = [...heard, ...notUnderstood].map((each) => each.words).join(" | ")
  const found = [...words.matchAll(/\d+(?:[.,]\d+)*/g)].flatMap(([written]) => [
    Number(written.replaceAll(",", "")),
    Number(written.replaceAll(".", "").replace(",", ".")),
    Number(written.replace(",", ".")),
  ])
  return new Set(found.filter((value) => Number.isFinite(value)))
}

function numbersOf(document: StrategyDocument): NumberFact[] {
  const fixed = Object.keys(document.params).reduce<WrittenStrategy>(makeFixed, document)
  return [
    ...writtenFormulas(fixed).flatMap(({ text }) => formulaNumbers(text)),
    ...(document.code ? codeNumbers(document) : []),
    ...partNumbers(fixed),
  ]
}

/** Numbers of a strategy in code: its sliders, and those that stand in it. */
function codeNumbers({ code, params }: StrategyDocument): NumberFact[] {
  const fact = (what: string, value: number) => ({ place: what, what, isFormula: true, value })
  const sliders = Object.entries(params).flatMap(([name, { label = name, value }]) =>
    typeof value === "number" ? [fact(label, value)] : [],
  )
  const source = code!.source.replace(/\/\*[\s\S]*?\*\//g, " ").replace(/\/\/[^\n]*/g, " ")
  return [
    ...sliders,
    ...[...source.matchAll(/(?<![\w.])\d+(?:\.\d+)?/g)].map(([digits]) => fact("the code", Number(digits))),
  ]
}

function formulaNumbers(text: string): NumberFact[] {
  const given = numberSpots(text).map(({ label, value }) => ({ what: label, value }))
  return [...given, ...leftOut(text)].map((fact) => ({ ...fact, place: fact.what, isFormula: true }))
}

/** Lengths that a formula leaves to their usual values. */
function leftOut(text: string): { what: string; value: number }[] {
  const parsed = parseFormula(text)
  if (!parsed.ok) return []
  return everyPartOf(parsed.formula).flatMap((part) => {
    if (part.kind !== "call") return []
    const rest = functionCatalogue.get(part.name)?.arguments.slice(part.arguments.length) ?? []
    return rest.flatMap(({ name, default: usual }) =>
      typeof usual === "number" ? [{ what: `${functionTitle(part.name)} ${name}`, value: usual }] : [],
    )
  })
}

const parts = ["protect", "size", "orders", "add", "limits"] as const

function partNumbers(fixed: WrittenStrategy): NumberFact[] {
  return parts
    .flatMap((part) => numbersIn(fixed[part], part))
    .map(({ place, value }) => ({
      place,
      value,
      isFormula: false,
      what: plainText(placeInWords(fixed, place)).replace(/^The /, "the "),
    }))
}

function numbersIn(part: unknown, place: string): { place: string; value: number }[] {
  if (typeof part === "number") return [{ place, value: part }]
  if (typeof part !== "object" || part === null) return []
  return Object.entries(part).flatMap(([key, inner]) =>
    numbersIn(inner, Array.isArray(part) ? `${place}[${key}]` : `${place}.${key}`),
  )
}
