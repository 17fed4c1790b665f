import type { StrategyDocument, WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { changeText, changesInWords } from "../../strategy/change/change-words.ts"
import { withoutUnusedParams } from "../../strategy/edit/adjustable.ts"
import { withValueAt } from "../../strategy/edit/document-path.ts"
import { completeMoney } from "../complete-draft.ts"
import { turnExits } from "../exit-levels.ts"
import { IdeaDraft } from "../idea-draft.ts"
import { withNamedNumbers } from "../model/named-numbers.ts"
import { askShorterCandles } from "../parts/candle-hours.ts"
import { namesOld, onlyDenied } from "../parts/market-reader.ts"
import { settlePlainPrices } from "../plain-prices.ts"
import { readDraft } from "../read-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { operandsOf } from "../reading/condition.ts"
import { hasScale } from "../reading/spoken-limit.ts"
import { declineReply, questionReply, type Reading, strategyReply } from "../reply-of-draft.ts"
import type { QuestionTopic, Reply } from "../reply.ts"
import { takeBareLevels } from "./bare-level.ts"
import { valuesOf } from "./given-values.ts"
import { readLimitPair } from "./limit-pair.ts"
import { type MovedNumber, takeMoved } from "./moved-number.ts"
import { type NoLonger, takeNoLonger, withoutMeant } from "./no-longer.ts"
import { takeRemovedFilters, withoutFilter } from "./removed-filter.ts"
import { openBareLengths, openLengths, paired, type SaidLength, takeLengths, takeMovedLengths } from "./said-lengths.ts"
import { settleRules } from "./said-where.ts"
import { withPurchaseConditions } from "./purchase-change.ts"
import { spellChanges, spellOnlyExits, spellTheAverage } from "./spelt-change.ts"
import { takeRecipeChanges, withSameSize } from "./recipe-change.ts"
import { takeNamedBefore } from "./part-named-before.ts"
import { takeNumberedTargets } from "./numbered-target.ts"
import { losesStop, sizeWithoutStop } from "./stop-that-stays.ts"
import { takeSliderNumbers } from "./slider-number.ts"
import { withParts } from "./part-changes.ts"
import { type Replacement, takeReplacement, withReplacement } from "./replaced-indicator.ts"
import { withLengths, withoutConditions, withRules } from "./rule-changes.ts"
import { riskierStrategy, saferStrategy, withStopTimes, withTradeCount, type Changed } from "./safer.ts"
import { numberAt } from "./set-number.ts"
import { sideChangeIn, withSide } from "./side-change.ts"

type WordName = Extract<Chunk, { kind: "word" }>["concept"]
const says = (chunks: readonly Chunk[], ...concepts: WordName[]) =>
  chunks.some((chunk) => chunk.kind === "word" && concepts.includes(chunk.concept))

const saysFree = (chunks: readonly Chunk[], ...concepts: WordName[]) =>
  says(
    chunks.filter(({ isUsed }) => !isUsed),
    ...concepts,
  )

/** Reads a sentence as a change of a given strategy; undefined where it is an idea of its own. */
export function changedStrategy(reading: Reading, given: StrategyDocument): Reply | undefined {
  const { chunks } = reading.heard
  const side = sideChangeIn(chunks)
  const turned = side && withSide(given, side.to)
  if (turned) {
    for (const chunk of side.chunks) reading.draft.understand([chunk], "side", side.to)
    return changeReply(reading, given, withNewNumbers(turned, given))
  }
  const { say } = reading.heard
  const gone = given.code ? [] : takeNoLonger(say, chunks, reading.draft)
  const filters = takeRemovedFilters(say, chunks, reading.draft, given)
  spellChanges(chunks)
  spellOnlyExits(chunks)
  if (!given.code) spellTheAverage(chunks, valuesOf(given))
  if (given.code) dropOldValues(chunks)
  takeNamedBefore(say, chunks, reading.draft)
  const moved = [
    ...takeRecipeChanges(say, chunks, reading.draft, given),
    ...takeNumberedTargets(say, chunks, reading.draft, given),
    ...takeMoved(say, chunks, reading.draft, given),
    ...takeBareLevels(say, chunks, reading.draft, given),
    ...takeSliderNumbers(say, chunks, reading.draft, given),
  ]
  const open = moved.find((each) => "ask" in each)
  if (open) return whichNumber(reading, open)
  const known = given.code ? [] : valuesOf(given)
  const movedLengths = takeMovedLengths(chunks, known)
  for (const each of movedLengths) takeLength(reading.draft, each)
  const replacement = takeReplacement(chunks, given)
  const removed = takeRemovals(chunks)
  dropOldValues(chunks)
  const openWord = openLengths(chunks, known)
  if (openWord.length > 0) return whichLength(reading, openWord)
  const lengths = [...movedLengths, ...takeLengths(chunks, known)]
  for (const each of lengths) takeLength(reading.draft, each)
  const base = withLengths(filters.reduce(withoutFilter, withMovedNumbers(given, moved, gone)), lengths)
  if (given.long && !given.short) readLimitPair(chunks, reading.draft, valuesOf(base))
  const isPair = reading.draft.rules.length > 0
  const draft = readDraft(chunks, reading.draft, valuesOf(base))
  if (!isPair && !replacement && !addsSide(draft, given) && isOwnIdea(chunks, draft, lengths.length > 0))
    return undefined
  const openBare = replacement ? [] : openBareLengths(paired(draft.bare), valuesOf(base))
  if (openBare.length > 0) return whichLength(reading, openBare)
  settleRules(say, chunks, draft, given)
  turnExits(draft, given)
  settlePlainPrices(draft, draft.markets.length > 0 ? draft.markets : (given.markets ?? []))
  askShorterCandles(draft, draft.timeframe ?? given.timeframe)
  const isOpen = draft.question && (draft.question.topic !== "contradiction" || isOfTwoStops(draft.question, given))
  if (isOpen) return questionReply(reading, draft.question!.topic, draft.question!.choices)
  const changed = changedDocument(given, { base, chunks, draft, removed, replacement })
  if (draft.question?.topic === "size" || isMoreThanAll(draft)) return questionReply(reading, "size")
  if (losesStop(given, changed, chunks)) return questionReply(reading, "stop")
  return changeReply(reading, given, changed)
}

/** "Stop 2 % and stop 4 %": which of them? The one that the strategy has is the old one. */
function isOfTwoStops({ choices = [] }: NonNullable<IdeaDraft["question"]>, given: StrategyDocument): boolean {
  const percent = numberAt(given, ["protect", "stopLoss", "percent"])
  return choices.length > 1 && choices.every((each) => each.startsWith("stop ") && each !== `stop ${percent} %`)
}

/** "Size 200 %" of a strategy: the whole account is no smaller surprise. */
function isMoreThanAll({ notPossible, size }: IdeaDraft): boolean {
  return size?.kind === "equity" && size.percent === 100 && notPossible.some((each) => /^[\d.]+ %$/.test(each))
}

function takeLength(draft: IdeaDraft, { chunks, subject }: SaidLength) {
  draft.understand(chunks, "enter", `${subject.name} ${subject.numbers[0]}`)
}

function withMovedNumbers(
  given: WrittenStrategy,
  moved: readonly MovedNumber[],
  gone: readonly NoLonger[],
): WrittenStrategy {
  const changed = moved.reduce((each, move) => ("change" in move ? move.change(each) : each), given)
  return gone.reduce(withoutMeant, changed)
}

/** A number that could be moved in several ways, or not so far. */
function whichNumber(reading: Reading, { ask, choices }: Extract<MovedNumber, { ask: QuestionTopic }>): Reply {
  return choices ? whichLength(reading, choices, ask) : questionReply(reading, ask)
}

function whichLength(reading: Reading, lengths: readonly string[], topic: QuestionTopic = "length"): Reply {
  const { says } = reading.heard.language
  return { ...questionReply(reading, topic, lengths), text: `${says.askChange} (${lengths.join(" / ")}?)` }
}

/** The changed strategy with what changed in words; a question where nothing did. */
function changeReply(reading: Reading, given: StrategyDocument, changed: WrittenStrategy): Reply {
  const { says } = reading.heard.language
  const changes = changesInWords(given, changed).map(changeText)
  const [impossible] = reading.impossible
  if (changes.length === 0 && impossible) return declineReply(reading, impossible.reason)
  if (changes.length === 0) return { ...questionReply(reading, "idea"), text: says.askChange }
  return strategyReply(reading, changed, { text: says.changed, changes })
}

function withNewNumbers(changed: WrittenStrategy, given: StrategyDocument): WrittenStrategy {
  return withoutUnusedParams(given, withNamedNumbers(changed, given))
}

/** "Short when …, cover when …" of a strategy that only buys: the other side of it, where no market is named. */
function addsSide({ rules, markets, timeframe }: IdeaDraft, given: StrategyDocument): boolean {
  const entries = rules.filter(({ deed }) => deed === "enter")
  return (
    markets.length === 0 &&
    timeframe === undefined &&
    entries.length > 0 &&
    entries.every(({ side }) => side !== undefined && !given[side])
  )
}

/** "Buy below 25 and sell above 75" beside an RSI: levels alone are those of the indicator the strategy has. */
function namesNoValue(chunks: readonly Chunk[], rules: IdeaDraft["rules"]): boolean {
  const isNamed = chunks.some(({ kind }) => kind === "operand" || kind === "pattern")
  return !isNamed && rules.some(({ condition }) => operandsOf(condition).some(hasScale))
}

/** A new idea says when to buy and more, and has no word of change. */
function isOwnIdea(
  chunks: readonly Chunk[],
  { rules, markets, timeframe, stop, targets }: IdeaDraft,
  hasLengths: boolean,
): boolean {
  if (hasLengths || (markets.length === 0 && timeframe === undefined && namesNoValue(chunks, rules))) return false
  if (says(chunks, "change", "instead", "also", "only", "remove", "add", "safer", "riskier", "keep")) return false
  const enters = rules.some(({ deed, side }) => deed === "enter" && side !== undefined)
  const leaves = rules.some(({ deed }) => deed === "exit")
  return enters && (markets.length > 0 || timeframe !== undefined || leaves || stop !== undefined || targets.length > 0)
}

type Said = {
  base: WrittenStrategy
  chunks: readonly Chunk[]
  draft: IdeaDraft
  removed: readonly Removal[]
  replacement?: Replacement
}

function changedDocument(
  given: StrategyDocument,
  { base, chunks, draft, removed, replacement }: Said,
): WrittenStrategy {
  completeMoney(draft)
  let document: WrittenStrategy = removed.reduce<WrittenStrategy>(withoutPart, base)
  if (document.size?.kind === "equity" && document.size !== base.size)
    draft.assume("size", `${String(document.size.percent)} %`)
  document = withSides(withMarkets(withParts(document, draft), chunks, draft), draft)
  if (!document.code) {
    document = withRules(document, draft, document.timeframe)
    document = replacement ? withReplacement(document, replacement, draft) : withBare(document, draft)
  }
  const moods: [boolean, (of: WrittenStrategy) => Changed][] = [
    [saysFree(chunks, "safer"), saferStrategy],
    [saysFree(chunks, "riskier"), riskierStrategy],
    [moves(chunks, "wider"), (of) => withStopTimes(of, 1.5, says(chunks, "trailing"))],
    [moves(chunks, "tighter"), (of) => withStopTimes(of, 1 / 1.5, says(chunks, "trailing"))],
    [tradesLess(chunks), (of) => withTradeCount(of, true)],
    [tradesMore(chunks), (of) => withTradeCount(of, false)],
  ]
  for (const [isSaid, change] of moods) {
    if (!isSaid) continue
    const changed = change(document)
    document = changed.document
    for (const note of changed.notes) draft.assume("change", note)
  }
  understandMoods(chunks, draft)
  return document.code
    ? withSameSize(withPurchaseConditions(document, draft), given, draft.size !== undefined)
    : withNewNumbers(document, given)
}

/** Lengths that were named alone: "use RSI 21". */
function withBare(document: WrittenStrategy, draft: IdeaDraft): WrittenStrategy {
  const bare = paired(draft.bare)
  const changed = withLengths(document, bare)
  if (changed !== document) for (const each of bare) if (each.subject.hasLength) takeLength(draft, each)
  return changed
}

/** "A wider stop": further away, without a word on how far. */
function moves(chunks: readonly Chunk[], way: "wider" | "tighter"): boolean {
  return says(chunks, way) && says(chunks, "stop", "trailing") && !chunks.some(({ kind }) => kind === "amount")
}

function understandMoods(chunks: readonly Chunk[], draft: IdeaDraft) {
  for (const chunk of chunks) {
    const isMood =
      chunk.kind === "word" &&
      ["safer", "riskier", "less", "more", "wider", "tighter"].includes(chunk.concept) &&
      !chunk.isUsed
    if (isMood) draft.understand([chunk], "size", chunk.text)
  }
}

function tradesLess(chunks: readonly Chunk[]): boolean {
  return says(chunks, "less") && says(chunks, "trade", "position", "lots")
}

function tradesMore(chunks: readonly Chunk[]): boolean {
  return says(chunks, "more") && says(chunks, "trade", "position")
}

function withMarkets(document: WrittenStrategy, chunks: readonly Chunk[], { markets }: IdeaDraft): WrittenStrategy {
  if (markets.length === 0) return document
  if (says(chunks, "remove") || onlyDenied(chunks)) return withoutMarkets(document, markets)
  const isMore = says(chunks, "also", "add")
  return { ...document, markets: isMore ? [...new Set([...(document.markets ?? []), ...markets])] : markets }
}

/** "Remove ETH": the others stay; the last one cannot go. */
function withoutMarkets(document: WrittenStrategy, gone: readonly string[]): WrittenStrategy {
  const left = (document.markets ?? []).filter((market) => !gone.includes(market))
  return left.length > 0 ? { ...document, markets: left } : document
}

function withSides(document: WrittenStrategy, { noShort }: IdeaDraft): WrittenStrategy {
  return noShort && document.long && document.short ? { ...document, short: null } : document
}

type Removal =
  | "stop"
  | "target"
  | "trailing"
  | "breakEven"
  | "hold"
  | "cooldown"
  | "drawdown"
  | "dailyLoss"
  | "safetyOrder"
  | "short"
  | "sell"
  | "exit"
  | { functions: string[]; part?: "enter" | "exit" }

const removable: WordName[] = [
  "stop",
  "target",
  "trailing",
  "breakEven",
  "hold",
  "cooldown",
  "drawdown",
  "safetyOrder",
  "short",
  "sell",
  "exit",
]

/** "Remove the stop", "without the RSI filter": what is taken out. */
function takeRemovals(chunks: readonly Chunk[]): Removal[] {
  return chunks.flatMap((chunk, at): Removal[] => {
    if (chunk.kind !== "word" || !(isRemoval(chunk) || isTakenAway(chunks, at) || isReplacing(chunk))) return []
    const place = chunks.findIndex(
      (each, n) =>
        n > at &&
        n <= at + 4 &&
        (each.kind === "operand" || (each.kind === "word" && removable.includes(each.concept))),
    )
    const what = chunks[place]
    if (!what || what.isUsed) return []
    if (isReplacing(chunk) && !isReplacedPart(chunks, place)) return []
    // "Don't hold overnight" is a rule too.
    if (says([what], "hold", "position") && says(chunks, "night")) return []
    // "Don't sell when …" is a rule.
    if (chunk.concept === "not" && isWay(what)) return []
    const isAmount = chunks[place + 1]?.kind === "amount"
    if (what.kind === "operand")
      return chunk.concept !== "not"
        ? [taken(chunk, what, { functions: what.operands.map(({ name }) => name), ...partAfter(chunks, place) })]
        : []
    return what.kind === "word" && !isAmount ? [taken(chunk, what, what.concept as Exclude<Removal, object>)] : []
  })
}

/** "The RSI exit": only what it ends. */
function partAfter(chunks: readonly Chunk[], place: number): { part?: "enter" | "exit" } {
  const near = chunks.slice(Math.max(0, place - 2), place + 3)
  if (says(near, "exit", "sell", "cover")) return { part: "exit" }
  return says(near, "buy") ? { part: "enter" } : {}
}

function isRemoval({ concept }: Extract<Chunk, { kind: "word" }>): boolean {
  return concept === "remove" || concept === "not"
}

/** "Take the stop away". */
function isTakenAway(chunks: readonly Chunk[], at: number): boolean {
  return says([chunks[at]], "take") && says(chunks.slice(at + 2, at + 5), "away")
}

function isReplacing({ concept, text }: Extract<Chunk, { kind: "word" }>): boolean {
  return concept === "change" && /^(?:replac|swap|ersetz|reemplaz|remplac|substitu)/.test(text)
}

/** "Replace the take profit with a trailing stop": one part of the protection goes, another comes. */
function isReplacedPart(chunks: readonly Chunk[], place: number): boolean {
  const parts = ["target", "trailing", "breakEven"] as const
  return says([chunks[place]], ...parts) && says(chunks.slice(place + 1), "stop", ...parts)
}

function isWay(chunk: Chunk): boolean {
  return chunk.kind === "word" && (chunk.concept === "sell" || chunk.concept === "exit")
}

function taken(word: Chunk, what: Chunk, removal: Removal): Removal {
  word.isUsed = true
  what.isUsed = true
  return removal
}

const paths: Partial<Record<Exclude<Removal, object>, [string[], unknown]>> = {
  stop: [["protect", "stopLoss"], { kind: "none" }],
  target: [["protect", "takeProfit"], []],
  trailing: [["protect", "trailing"], null],
  breakEven: [["protect", "breakEven"], null],
  hold: [["protect", "timeStop"], null],
  cooldown: [["limits", "cooldownCandles"], 0],
  drawdown: [["limits", "maxDrawdownPercent"], null],
  dailyLoss: [["limits", "dailyLossPercent"], null],
  safetyOrder: [["add"], null],
  short: [["short"], null],
  sell: [["long", "exit"], null],
  exit: [["long", "exit"], null],
}

function withoutPart(document: WrittenStrategy, removal: Removal): WrittenStrategy {
  if (typeof removal === "object") return withoutConditions(document, removal.functions, removal.part)
  if (removal === "short" && !document.long) return document
  if ((removal === "sell" || removal === "exit") && !document.long) return document
  const place = paths[removal]
  const without = place ? withValueAt(document, place[0], place[1]) : document
  // A size by risk needs a stop.
  const sizeByRisk = removal === "stop" && (without.size?.kind ?? "risk") === "risk"
  return sizeByRisk ? { ...without, size: sizeWithoutStop(document) } : without
}

/** "… instead of 200": what follows is how it was. */
function dropOldValues(chunks: readonly Chunk[]) {
  chunks.forEach((chunk, at) => {
    if (chunk.kind !== "word" || chunk.concept !== "instead" || !namesOld(chunk.text)) return
    for (const each of chunks.slice(at + 1)) {
      if (each.kind === "mark" || (each.kind === "word" && each.concept === "and")) return
      each.isUsed = true
    }
  })
}
