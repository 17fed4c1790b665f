import type { Timeframe } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { writtenFormulas } from "../../strategy/edit/document-formulas.ts"
import { withValueAt } from "../../strategy/edit/document-path.ts"
import { ruleAt, type RulePlace, withRule } from "../../strategy/edit/rule-edit.ts"
import type { DraftRule, IdeaDraft } from "../idea-draft.ts"
import { type Condition, conditionFormula, operandsOf } from "../reading/condition.ts"
import type { BareValue } from "../reading/spoken-values.ts"
import { usesFunction } from "./given-values.ts"
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
  { deed, condition }: DraftRule,
  timeframe: Timeframe,
): WrittenStrategy {
  const rule = ruleAt(document, place)
  const text = conditionFormula(condition, timeframe)
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

/** Whether a formula asks for the same indicator, in the same direction. */
function isAbout(document: WrittenStrategy, text: string, condition: Condition): boolean {
  const names = operandsOf(condition).filter(({ name }) => name !== "number" && name !== "close")
  return names.length > 0 && names.every(({ name }) => usesFunction(document, text, name))
}

/** "RSI 10", "EMA 100 instead of 200": the length of an indicator that the strategy has. */
export function withLengths(document: WrittenStrategy, bare: readonly BareValue[]): WrittenStrategy {
  return bare.reduce(
    (changed, { subject }) => (subject.hasLength ? withLength(changed, subject.name, subject.numbers[0]) : changed),
    document,
  )
}

function withLength(document: WrittenStrategy, name: string, length: number): WrittenStrategy {
  const calls = writtenFormulas(document).flatMap(({ path, text }) =>
    [...text.matchAll(new RegExp(`\\b${name}\\(([^()]*)\\)`, "g"))].map((found) => ({
      path,
      text,
      found,
      ...lengthIn(document, found[1]),
    })),
  )
  const [nearest] = calls
    .filter(({ value }) => value !== undefined)
    .toSorted((a, b) => Math.abs(a.value! - length) - Math.abs(b.value! - length))
  if (!nearest) return document
  if (document.params?.[nearest.word]) return withParamAt(document, nearest.word, length)
  const { text, found, word } = nearest
  const call = found[0].replace(new RegExp(`\\b${word}\\b`), String(length))
  return withValueAt(
    document,
    nearest.path,
    text.slice(0, found.index) + call + text.slice(found.index + found[0].length),
  )
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
export function withoutConditions(document: WrittenStrategy, names: readonly string[]): WrittenStrategy {
  const places: RulePlace[] = ["long.enter", "long.exit", "short.enter", "short.exit"]
  return places.reduce((changed, place) => {
    const rule = ruleAt(changed, place)
    const kept = rule.formulas.filter((text) => !names.some((name) => usesFunction(changed, text, name)))
    const mayBeEmpty = place.endsWith("exit")
    return kept.length === rule.formulas.length || (kept.length === 0 && !mayBeEmpty)
      ? changed
      : withRule(changed, place, { ...rule, formulas: kept })
  }, document)
}
