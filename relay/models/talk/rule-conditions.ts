import { type Formula, formulaText, type RulePlace, type StrategyDocument } from "#engine/strategy"
import { type Comparison, comparisonsIn, formulasAt } from "./rule-comparisons.ts"

/** One condition of a rule, without the "and" and "or" around it. */
export type Condition = { text: string; comparisons: readonly Comparison[] }

/** Conditions that only one of two rules has, and those that both have with other numbers. */
export type Matched = {
  added: Condition[]
  leftOut: Condition[]
  changed: [mine: Condition, its: Condition][]
}

/** Matches what two documents ask at a place: first what is the same, then what differs only in its numbers. */
export function matchedAt(place: RulePlace, read: StrategyDocument, written: StrategyDocument): Matched {
  const same = matched(conditionsAt(read, place), conditionsAt(written, place), exactKey)
  const alike = matched(same.mine, same.its, shapeKey)
  const values = new Set(conditionsAt(read, place).flatMap(({ comparisons }) => comparisons.map(({ of }) => of)))
  return {
    leftOut: alike.mine,
    added: alike.its.filter((each) => !isCandleBefore(each, values)),
    changed: alike.pairs,
  }
}

function conditionsAt(document: StrategyDocument, place: RulePlace): Condition[] {
  return formulasAt(document, place).flatMap((formula) => conditionsIn(formula, true))
}

/** `isMeant` is false under "not", where a condition means its opposite. */
function conditionsIn(formula: Formula, isMeant: boolean): Condition[] {
  if (formula.kind === "unary" && formula.operator === "not") return conditionsIn(formula.of, !isMeant)
  if (formula.kind === "binary" && (formula.operator === "and" || formula.operator === "or"))
    return [formula.left, formula.right].flatMap((part) => conditionsIn(part, isMeant))
  const text = formulaText(formula)
  return [
    {
      text: isMeant ? text : `not (${text})`,
      comparisons: comparisonsIn(formula, isMeant),
    },
  ]
}

function matched(mine: readonly Condition[], its: readonly Condition[], keyOf: (condition: Condition) => string) {
  const left = [...its]
  const pairs: [Condition, Condition][] = []
  const unmatched = mine.filter((each) => {
    const at = left.findIndex((other) => keyOf(other) === keyOf(each))
    if (at !== -1) pairs.push([each, ...left.splice(at, 1)] as [Condition, Condition])
    return at === -1
  })
  return { mine: unmatched, its: left, pairs }
}

/** Which way a comparison goes is compared elsewhere. */
function exactKey({ text, comparisons }: Condition): string {
  return comparisons.length === 0
    ? text
    : comparisons.map(({ of, than, level }) => `${of} ${than ?? level}`).join(" | ")
}

/** With any number in place of each. */
function shapeKey(condition: Condition): string {
  return exactKey(condition).replace(/-?\b\d+(?:\.\d+)?\b/g, "#")
}

/** A crossing may be written as a comparison now and one of the candle before. */
function isCandleBefore({ comparisons }: Condition, values: ReadonlySet<string>): boolean {
  return (
    comparisons.length > 0 &&
    comparisons.every(({ of }) => /\[\d+\]$/.test(of) && values.has(of.replace(/\[\d+\]$/, "")))
  )
}
