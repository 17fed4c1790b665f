import type { Timeframe } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { writtenFormulas } from "../../strategy/edit/document-formulas.ts"
import { textAt, withValueAt } from "../../strategy/edit/document-path.ts"
import { ruleAt, type RulePlace, withRule } from "../../strategy/edit/rule-edit.ts"
import type { DraftRule, IdeaDraft } from "../idea-draft.ts"
import { type Condition, conditionFormula, operandsOf } from "../reading/condition.ts"
import type { Operand } from "../reading/operand.ts"
import { usesFunction } from "./given-values.ts"
import { levelsOf, withLevel } from "./rule-level.ts"
import type { SaidLength } from "./said-lengths.ts"
import { withParamAt } from "./set-number.ts"

/** The document with the conditions that were said: in the place of those about the same indicator, or beside them. */
export function withRules(document: WrittenStrategy, { rules }: IdeaDraft, timeframe: Timeframe): WrittenStrategy {
  const changed = rules.reduce(
    (each, rule) => placesOf(each, rule).reduce((all, place) => withCondition(all, place, rule, timeframe), each),
    document,
  )
  return (["long", "short"] as const).reduce(
    (each, side) => (document[side] === null && each[side] ? withWayOut(each, side) : each),
    changed,
  )
}

/** A side that was added leaves where the other one enters, unless it was said when. */
function withWayOut(document: WrittenStrategy, side: "long" | "short"): WrittenStrategy {
  const other = ruleAt(document, side === "long" ? "short.enter" : "long.enter")
  const isOpen = ruleAt(document, `${side}.exit`).formulas.length === 0
  return isOpen && other.formulas.length > 0 ? withRule(document, `${side}.exit`, other) : document
}

function placesOf({ long, short }: WrittenStrategy, { deed, side }: DraftRule): RulePlace[] {
  const part = deed === "exit" ? "exit" : "enter"
  // "Also short when …": a side of its own.
  if (side && deed === "enter") return [`${side}.enter`]
  const sides =
    side && ({ long, short }[side] ?? undefined)
      ? [side]
      : [...(long ? (["long"] as const) : []), ...(short ? (["short"] as const) : [])]
  return sides.map((each): RulePlace => `${each}.${part}`)
}

function withCondition(
  document: WrittenStrategy,
  place: RulePlace,
  { deed, side, condition, isBeside, isAlone }: DraftRule,
  timeframe: Timeframe,
): WrittenStrategy {
  const rule = ruleAt(document, place)
  const text = conditionFormula(condition, timeframe)
  if (isAlone && deed === "exit") return withRule(document, place, { join: rule.join, formulas: [text] })
  if (isBeside && (deed === "exit" || (deed === "enter" && side))) return withWay(document, place, text)
  const level = deed === "filter" ? undefined : sameLevel(document, place, condition)
  if (level) return withLevel(document, level.of, level.value)
  const old = deed === "filter" ? -1 : rule.formulas.findIndex((each) => isAbout(document, each, condition))
  if (old >= 0) return withRule(document, place, { ...rule, formulas: rule.formulas.with(old, text) })
  if (deed !== "filter" || rule.join === "all" || rule.formulas.length <= 1)
    return withRule(document, place, {
      join: deed === "filter" ? "all" : rule.join,
      formulas: [...rule.formulas, text],
    })
  // A filter holds beside every way in.
  const ways = rule.formulas.map((each) => `(${each})`).join(" or ")
  return withRule(document, place, { join: "all", formulas: [ways, text] })
}

/** One more way in or out: what was there stays another. */
function withWay(document: WrittenStrategy, place: RulePlace, text: string): WrittenStrategy {
  const { join, formulas } = ruleAt(document, place)
  if (formulas.includes(text)) return document
  if (formulas.length === 0) return withRule(document, place, { join, formulas: [text] })
  const ways = join === "any" || formulas.length <= 1 ? formulas : [formulas.map((each) => `(${each})`).join(" and ")]
  return withRule(document, place, { join: "any", formulas: [...ways, text] })
}

/** "Sell at 75" beside a rule that sells above 70: only its number is another. */
function sameLevel(document: WrittenStrategy, place: RulePlace, condition: Condition) {
  if (condition.kind !== "compare" || condition.right.name !== "number") return undefined
  const { left, relation, right } = condition
  if (left.timeframe || left.ago || right.isMoney || left.name === "close") return undefined
  const isUpper = [">", ">=", "crossover"].includes(relation)
  const [of, ...more] = levelsOf(document, [place]).filter(
    (each) => each.name === left.name && each.output === left.output && each.isUpper === isUpper,
  )
  const isLength = left.numbers.length === 0 || lengthsOf(document, left.name).includes(left.numbers[0])
  return of && more.length === 0 && isLength ? { of, value: right.value! } : undefined
}

/** Whether a formula asks for the same indicator; of several that are one, for any of them. */
function isAbout(document: WrittenStrategy, text: string, condition: Condition): boolean {
  const names = operandsOf(condition).filter(({ name }) => name !== "number" && name !== "close")
  const isUsed = ({ name }: Operand) =>
    (extremes.has(name) ? [...extremes] : [name]).some((each) => usesFunction(document, text, each))
  return names.length > 0 && (condition.kind === "joined" ? names.some(isUsed) : names.every(isUsed))
}

/** A new high is one whichever way it is measured. */
const extremes = new Set(["highest", "lowest", "donchian"])

/** "RSI 10", "EMA 100 instead of 200": the length of an indicator that the strategy has, wherever it stands. */
export function withLengths(document: WrittenStrategy, bare: readonly SaidLength[]): WrittenStrategy {
  return bare.reduce((changed, { subject, second, was }) => {
    if (!subject.hasLength) return changed
    if (subject.numbers.length > 1) return withNumbers(changed, subject.name, subject.numbers)
    const [length, other] = [subject.numbers[0], second?.hasLength ? second.numbers[0] : undefined]
    const lengths = lengthsOf(changed, subject.name).toSorted((a, b) => a - b)
    if (other === undefined || lengths.length !== 2) return withLength(changed, subject.name, length, was)
    const [low, high] = [Math.min(length, other), Math.max(length, other)]
    // The higher one first: it must not be taken for the one that becomes it.
    return withLength(withLength(changed, subject.name, high, lengths[1]), subject.name, low, lengths[0])
  }, document)
}

/** The lengths with which a strategy asks for an indicator, each once. */
export function lengthsOf(document: WrittenStrategy, name: string): number[] {
  return [...new Set(callsOf(document, name).map(({ value }) => value))]
}

function callsOf(document: WrittenStrategy, name: string) {
  return writtenFormulas(document).flatMap(({ path, text }) =>
    [...text.matchAll(callPattern(name))].flatMap((found) => {
      const { word, value } = lengthIn(document, found[1])
      return value === undefined ? [] : [{ path, word, value }]
    }),
  )
}

const callPattern = (name: string) => new RegExp(`\\b${name}\\(([^()]*)\\)`, "g")

/** "MACD 8 21 5": all numbers of its calls, in their order. */
function withNumbers(document: WrittenStrategy, name: string, numbers: readonly number[]): WrittenStrategy {
  return writtenFormulas(document).reduce((changed, { path }) => {
    let moved = changed
    const text = textAt(changed, path).replace(callPattern(name), (call, given: string) => {
      let n = 0
      const words = given.split(",").map((each) => each.trim())
      const written = words.map((word) => {
        const isNumber = lengthIn(document, word).value !== undefined
        const next = isNumber ? numbers[n++] : undefined
        if (next === undefined) return word
        if (!document.params?.[word]) return String(next)
        moved = withParamAt(moved, word, next)
        return word
      })
      return call.replace(given, written.join(", "))
    })
    return text === textAt(changed, path) ? moved : withValueAt(moved, path, text)
  }, document)
}

/** Another length in each call that has the length `was`; where none was said, the nearest one. */
function withLength(document: WrittenStrategy, name: string, length: number, was?: number): WrittenStrategy {
  const [nearest] = lengthsOf(document, name).toSorted((a, b) => Math.abs(a - length) - Math.abs(b - length))
  const meant = was ?? nearest
  return callsOf(document, name).reduce((changed, { path, word, value }) => {
    if (value !== meant) return changed
    if (document.params?.[word]) return withParamAt(changed, word, length)
    const text = textAt(changed, path).replace(callPattern(name), (call, given: string) =>
      lengthIn(document, given).value === meant ? call.replace(new RegExp(`\\b${word}\\b`), String(length)) : call,
    )
    return withValueAt(changed, path, text)
  }, document)
}

/** The first number of a call's arguments, or the slider that stands for it. */
function lengthIn({ params = {} }: WrittenStrategy, given: string): { word: string; value: number | undefined } {
  for (const word of given.split(",").map((each) => each.trim())) {
    const param = Object.hasOwn(params, word) ? params[word] : undefined
    if (param && param.type !== "bool") return { word, value: param.value }
    if (/^\d+(\.\d+)?$/.test(word)) return { word, value: Number(word) }
  }
  return { word: "", value: undefined }
}

/** The document without the conditions about an indicator, as long as a rule keeps one. */
export function withoutConditions(
  document: WrittenStrategy,
  names: readonly string[],
  part?: "enter" | "exit",
): WrittenStrategy {
  const places: RulePlace[] = ["long.enter", "long.exit", "short.enter", "short.exit"]
  return places
    .filter((place) => part === undefined || place.endsWith(part))
    .reduce((changed, place) => {
      const rule = ruleAt(changed, place)
      const kept = rule.formulas.filter((text) => !names.some((name) => usesFunction(changed, text, name)))
      const mayBeEmpty = place.endsWith("exit")
      return kept.length === rule.formulas.length || (kept.length === 0 && !mayBeEmpty)
        ? changed
        : withRule(changed, place, { ...rule, formulas: kept })
    }, document)
}
