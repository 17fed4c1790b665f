import { plainText } from "#engine/candles"
import type { IdeaPart, Reply } from "#engine/idea"
import {
  formulaInWords,
  makeFixed,
  type RulePlace,
  type StrategyDocument,
  type WrittenStrategy,
} from "#engine/strategy"
import { codeDifferences, sidesOf } from "./code-differences.ts"
import { type Comparison, comparisonsAt } from "./rule-comparisons.ts"
import { matchedAt } from "./rule-conditions.ts"
import { joinsAt } from "./rule-joins.ts"

/** More differences than these are another strategy. */
const MOST_DIFFERENCES = 8

/**
 * Where a model's rules do another thing than the interpreter read in the same words: the side, the markets, the
 * candles, which way each comparison goes that both make, and whether all of them must hold. Numbers have a check of their own.
 */
export function differencesOf(reading: Reply, written: StrategyDocument, given?: StrategyDocument): string[] {
  const both = readInNumbers(reading, written)
  if (both === undefined) return []
  const { mine, its } = both
  const said = new Set(reading.understood.map(({ part }) => part))
  // What a change does not speak of stays as it is; what nobody said, a model may choose.
  const counts = (...parts: IdeaPart[]) => given !== undefined || parts.some((part) => said.has(part))
  return [
    ...(counts("side", "enter", "exit") ? sideDifference(mine, its) : []),
    ...(counts("market") ? marketDifference(mine, its) : []),
    ...(counts("timeframe") ? timeframeDifference(mine, its) : []),
    ...(mine.code || its.code
      ? codeDifferences(mine, its)
      : rulePlaces.flatMap((place) => [
          ...ruleDifferences(place, mine, its),
          ...(counts(place.endsWith("enter") ? "enter" : "exit") ? leftOutConditions(place, mine, its) : []),
        ])),
  ].slice(0, MOST_DIFFERENCES)
}

/** What was read in the words and what a model wrote, both with numbers in place of params; undefined where no rules were read. */
export function readInNumbers(reading: Reply, written: StrategyDocument) {
  const read = readIn(reading)
  return read && { mine: fixed(read), its: fixed(written) }
}

function readIn(reading: Reply): StrategyDocument | undefined {
  if (reading.kind === "strategy") return reading.document
  return reading.kind === "question" ? reading.draft : undefined
}

/** With numbers in place of params. */
function fixed(document: StrategyDocument): StrategyDocument {
  return Object.keys(document.params).reduce<WrittenStrategy>(makeFixed, document) as StrategyDocument
}

/** Where rules stand. */
export const rulePlaces = ["long.enter", "long.exit", "short.enter", "short.exit"] as const satisfies RulePlace[]
/** What a rule at a place decides. */
export const actOf: Record<RulePlace, string> = {
  "long.enter": "buy",
  "long.exit": "sell",
  "short.enter": "sell short",
  "short.exit": "buy back",
}

function ruleDifferences(place: RulePlace, mine: StrategyDocument, its: StrategyDocument): string[] {
  return [
    ...turnedComparisons(place, mine, its),
    ...swappedLevels(place, mine, its),
    ...movedComparisons(place, mine, its),
    ...joinDifference(place, mine, its),
  ]
}

/** "And" that became "or": of conditions that both have. */
function joinDifference(place: RulePlace, mine: StrategyDocument, its: StrategyDocument): string[] {
  const written = joinsAt(its, place)
  const turnedJoin = [...joinsAt(mine, place)].find(([pair, join]) => written.has(pair) && written.get(pair) !== join)
  if (turnedJoin === undefined) return []
  return turnedJoin[1] === "all"
    ? [`By your words it may ${actOf[place]} only when all of its conditions hold; in the rules one of them is enough.`]
    : [`By your words one condition is enough to ${actOf[place]}; in the rules all of them must hold.`]
}

function sideDifference(read: StrategyDocument, written: StrategyDocument): string[] {
  // Code that brings a position to a size may do either.
  if ([read, written].some(({ code }) => code && sidesOf(code.source) === undefined)) return []
  const [mine, its] = [sideWords(read), sideWords(written)]
  return mine === its
    ? []
    : [`By your words it ${mine}; the rules ${its === "does not trade" ? "do not trade" : turned(its)}.`]
}

function sideWords({ long, short, code }: StrategyDocument): string {
  if (code) return sidesOf(code.source) ?? "does not trade"
  if (long && short) return "buys, and sells short too"
  if (short) return "sells short"
  return long ? "buys" : "does not trade"
}

/** "buys" as "buy". */
function turned(words: string): string {
  return words.replace("buys", "buy").replace("sells", "sell")
}

function marketDifference({ markets: mine }: StrategyDocument, { markets: its }: StrategyDocument): string[] {
  const isSame = mine.length === its.length && mine.every((market) => its.includes(market))
  return isSame || mine.length === 0 ? [] : [`By your words it trades ${listed(mine)}; the rules trade ${listed(its)}.`]
}

function listed(markets: readonly string[]): string {
  return markets.length === 0 ? "any market" : markets.map((market) => plainText(market, 20)).join(", ")
}

function timeframeDifference({ timeframe: mine }: StrategyDocument, { timeframe: its }: StrategyDocument): string[] {
  return mine === its ? [] : [`By your words it uses candles of ${mine}; the rules use candles of ${its}.`]
}

/** "Under" that became "over", on values that both compare at the same place. */
function turnedComparisons(place: RulePlace, read: StrategyDocument, written: StrategyDocument): string[] {
  const its = directionsAt(written, place)
  return [...directionsAt(read, place)].flatMap(([key, mine]) => {
    const other = its.get(key)
    if (other === undefined || [...mine.ways].join() === [...other.ways].join()) return []
    const { of, than } = mine.comparison
    return [
      `By your words it may ${actOf[place]} while ${inWords(of)} is ${waysWords(mine.ways, than)}; in the rules it is ${waysWords(other.ways, than)}.`,
    ]
  })
}

/** A number of the words that stands in another place of the rules: one that is nowhere is found by the numbers' own check. */
function swappedLevels(place: RulePlace, read: StrategyDocument, written: StrategyDocument): string[] {
  const everywhere = new Set(rulePlaces.flatMap((each) => comparisonsAt(written, each).map(({ level }) => level)))
  return matchedAt(place, read, written).changed.flatMap(([mine, its]) =>
    mine.comparisons.flatMap((each, at) => {
      const other = its.comparisons[at]
      if (each.level === undefined || !everywhere.has(each.level)) return []
      if (each.of !== other.of || each.isAbove !== other.isAbove || each.level === other.level) return []
      return [
        `By your words it may ${actOf[place]} while ${inWords(each.of)} is ${levelWords(each)}; in the rules it is ${levelWords(other)}.`,
      ]
    }),
  )
}

function levelWords({ isAbove, level }: Comparison): string {
  return `${isAbove ? "above" : "below"} ${level}`
}

/** Conditions without a number of their own; the numbers of the others are found by their own check. */
function leftOutConditions(place: RulePlace, read: StrategyDocument, written: StrategyDocument): string[] {
  const compared = new Set(rulePlaces.flatMap((each) => [...directionsAt(written, each).keys()]))
  return matchedAt(place, read, written)
    .leftOut.filter(({ comparisons }) => !comparisons.some((each) => compared.has(directionKey(each))))
    .map(({ text }) => `It left out: it may ${actOf[place]} when ${inWords(text)}.`)
}

/** What one side's entry compares by the words, and only another place by the rules. */
function movedComparisons(place: RulePlace, read: StrategyDocument, written: StrategyDocument): string[] {
  const its = directionsAt(written, place)
  return [...directionsAt(read, place)].flatMap(([key, { comparison }]) => {
    if (its.has(key)) return []
    const moved = rulePlaces.find(
      (other) => directionsAt(written, other).has(key) && !directionsAt(read, other).has(key),
    )
    if (moved === undefined) return []
    return [
      `By your words ${inWords(comparison.of)} decides when to ${actOf[place]}; in the rules, when to ${actOf[moved]}.`,
    ]
  })
}

type Directions = { comparison: Comparison; ways: ReadonlySet<boolean> }

function directionsAt(document: StrategyDocument, place: RulePlace): Map<string, Directions> {
  const found = new Map<string, Directions>()
  for (const comparison of comparisonsAt(document, place)) {
    const key = directionKey(comparison)
    const ways = [false, true].filter((isAbove) => isAbove === comparison.isAbove || found.get(key)?.ways.has(isAbove))
    found.set(key, { comparison, ways: new Set(ways) })
  }
  return found
}

function directionKey({ of, than }: Comparison): string {
  return `${of} to ${than ?? "a number"}`
}

function waysWords(ways: ReadonlySet<boolean>, than: string | undefined): string {
  const one = than === undefined ? "a limit" : inWords(than)
  return [...ways].map((isAbove) => `${isAbove ? "above" : "below"} ${one}`).join(" and ")
}

function inWords(formula: string): string {
  return plainText(formulaInWords(formula, {}), 120)
}
