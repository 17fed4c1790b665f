import { withSliders } from "./adjustable-numbers.ts"
import { answerTo } from "./answers.ts"
import { changedStrategy } from "./changes/changed-strategy.ts"
import { scalesSize } from "./changes/moved-number.ts"
import { completeDraft } from "./complete-draft.ts"
import { type Heard, heard } from "./heard.ts"
import { IdeaDraft } from "./idea-draft.ts"
import { canNeverHold } from "./impossible-rules.ts"
import { askShorterCandles } from "./parts/candle-hours.ts"
import { ownDeedIn } from "./own-deeds.ts"
import { assumeTimeframe } from "./parts/timeframe-reader.ts"
import type { KnownBeside } from "./read-idea.ts"
import { settlePlainPrices } from "./plain-prices.ts"
import { assumeEntry, readDraft } from "./read-draft.ts"
import { recipeIn } from "./recipes/recipe.ts"
import { asksForGuarantee, refusalOf, speaksOfRules, takeImpossible, takeInjections } from "./refusals.ts"
import {
  answerReply,
  declineReply,
  ownDeedReply,
  questionReply,
  type Reading,
  strategyReply,
} from "./reply-of-draft.ts"
import type { Amount } from "./reading/amount.ts"
import { isWord, lastMeaning } from "./reading/chunk-places.ts"
import type { Chunk } from "./reading/chunk.ts"
import { periodIn } from "./recipes/purchase-period.ts"
import { conditionFormula, operandsOf } from "./reading/condition.ts"
import type { QuestionTopic, Reply } from "./reply.ts"
import { isUnreadScript, unreadScriptText } from "./unread-script.ts"
import { foldedText } from "./words/folded-text.ts"
import { writtenDraft } from "./written-draft.ts"

/** Reads a sentence as a strategy: rules, the one question that is open, a refusal, or an answer. */
export function readStrategy(say: string, known: KnownBeside, spoken = say): Reply {
  const { markets } = known
  const sentence = heard(say, { markets, spoken })
  const draft = new IdeaDraft()
  if (known.balanceQuote !== undefined && Number(known.balanceQuote) > 0)
    draft.balanceQuote = Number(known.balanceQuote)
  return (
    withoutStrategy(sentence, draft, known) ??
    ofGiven(sentence, draft, known) ??
    ofRules(heard(say, { markets, spoken }), freshDraft(known))
  )
}

/** A change of the strategy the person is looking at. */
function ofGiven(sentence: Heard, draft: IdeaDraft, { given }: KnownBeside): Reply | undefined {
  if (!given) return undefined
  const ignored = takeInjections(sentence.chunks)
  const impossible = takeImpossible(sentence.chunks)
  return changedStrategy({ heard: sentence, draft, impossible, ignored }, given)
}

function freshDraft({ balanceQuote }: KnownBeside): IdeaDraft {
  const draft = new IdeaDraft()
  if (balanceQuote !== undefined && Number(balanceQuote) > 0) draft.balanceQuote = Number(balanceQuote)
  return draft
}

/** What is answered or declined before any rule is read. */
function withoutStrategy(sentence: Heard, draft: IdeaDraft, { given }: KnownBeside): Reply | undefined {
  const reading = { heard: sentence, draft, impossible: [], ignored: [] }
  if (isUnreadScript(sentence.say)) return { ...questionReply(reading, "idea"), text: unreadScriptText(sentence.say) }
  const own = speaksOfRules(sentence.chunks) ? undefined : ownDeedIn(foldedText(sentence.say).text)
  if (own) return ownDeedReply(withoutLeft(reading), own)
  const refusal = refusalOf(sentence.chunks)
  // "Double my size" of a strategy is another size; it grows after no loss.
  const isSize = refusal === "martingale" && given !== undefined && scalesSize(sentence.say)
  if (refusal && !isSize) return declineReply(reading, refusal)
  const answer = answerTo(sentence.chunks, sentence.language)
  return answer && answerReply(withoutLeft(reading), answer.text, answer.tools)
}

/** What is answered as a whole leaves no word over but its numbers. */
function withoutLeft(reading: Reading): Reading {
  for (const chunk of reading.heard.chunks) chunk.isUsed ||= !/\d/.test(chunk.text)
  return reading
}

function ofRules(sentence: Heard, draft: IdeaDraft): Reply {
  const { chunks } = sentence
  const ignored = takeInjections(chunks)
  const impossible = takeImpossible(chunks)
  readDraft(chunks, draft)
  const reading: Reading = { heard: sentence, draft, impossible, ignored }
  if (isOfSeconds(chunks)) return questionReply(reading, "timeframe", ["1m"])
  if (isOnDate(chunks)) return questionReply(reading, "timeframe", ["1d", "1w"])
  if (asksOtherMarket(chunks)) return otherMarketReply(reading)
  if (hasTwoAmounts(reading)) return questionReply(reading, "size")
  const asked = draft.question
  const recipe = recipeIn(chunks, draft)
  if (recipe && draft.question !== asked) return questionReply(reading, draft.question!.topic)
  if (recipe) return strategyReply(reading, recipe)
  if (!hasEntry(draft) && asksForGuarantee(chunks)) return declineReply(reading, "guarantee")
  if (!hasEntry(draft) && impossible.length > 0) return declineReply(reading, impossible[0].reason)
  const first = draft.question?.topic
  if (first === "contradiction" || first === "timeframe") return questionReply(reading, first, draft.question!.choices)
  assumeEntry(draft, chunks)
  return hasEntry(draft) ? ofDraft(reading) : questionReply(reading, draft.understood.length > 0 ? "entry" : "idea")
}

/** "100$ into BTC and 50$ into ETH": a strategy spends the same in each market. */
function hasTwoAmounts({ heard: { chunks }, draft }: Reading): boolean {
  const isRegular = chunks.some((chunk) => chunk.kind === "word" && chunk.concept === "dca") || periodIn(chunks)
  if (!isRegular || draft.saidBalance || draft.add) return false
  const spent = amountsOfMarkets(chunks)
  if (spent.length > 1 && new Set(spent.map(({ value }) => value)).size === 1) {
    const rest = spent.filter(({ isUsed }) => !isUsed)
    if (rest.length > 0) draft.understand(rest, "size", `${spent[0].value} a position`)
    draft.size ??= { kind: "quote", amount: spent[0].value }
    return false
  }
  if (spent.length > 1) return true
  const amounts = chunks.flatMap((chunk) => (chunk.kind === "amount" && chunk.unit === "money" ? [chunk.value] : []))
  const isDca = chunks.some((chunk) => chunk.kind === "word" && chunk.concept === "dca")
  if (!isDca || new Set(amounts).size < 2) return false
  // "$25 every day, $50 under the average": a condition that only changes the amount.
  const isLeft = chunks.some((chunk) => chunk.kind === "amount" && chunk.unit === "money" && !chunk.isUsed)
  return draft.markets.length > 1 || (isLeft && draft.size?.kind === "quote" && hasEntry(draft))
}

/** "Buy ETH when BTC is above its average": a rule sees only the market that it trades. */
function asksOtherMarket(chunks: readonly Chunk[]): boolean {
  const bought = chunks.find(
    (chunk, at) => chunk.kind === "market" && isWord(chunks[lastMeaning(chunks, at - 1)], "buy", "long", "short"),
  )
  return chunks.some((chunk, at) => {
    const before = lastMeaning(chunks, at - 1)
    const isAsked = isWord(chunks[before], "when", "only", "unless")
    const isList = isWord(chunks[at + 1], "and", "or") && chunks[at + 2]?.kind === "market"
    return (
      bought?.kind === "market" &&
      chunk.kind === "market" &&
      isAsked &&
      !isList &&
      chunk.from > bought.from &&
      chunk.market !== bought.market
    )
  })
}

/** A rule sees only the market that it trades: what was asked is named as not possible, and either market can be chosen. */
function otherMarketReply(reading: Reading): Reply {
  const markets = [...new Set(reading.heard.chunks.flatMap((chunk) => (chunk.kind === "market" ? [chunk.market] : [])))]
  reading.draft.notPossible.push(markets.join(" ← "))
  return questionReply(reading, "market", markets)
}

/** "$10 of BTC, 20 into ETH": the amounts that stand beside a market. */
function amountsOfMarkets(chunks: readonly Chunk[]): (Chunk & Amount)[] {
  return chunks.filter((chunk, at): chunk is Chunk & Amount => {
    if (chunk.kind !== "amount" || !["money", "plain"].includes(chunk.unit)) return false
    let place = at + 1
    while (isWord(chunks[place], "filler", "of", "on", "for", "to", "until")) place++
    return chunks[place]?.kind === "market" || (chunk.unit === "money" && chunks[at - 1]?.kind === "market")
  })
}

const seconds =
  /(^| )\d+ ?-? ?(s|sec|secs|seconds?|sekunden?|segundos?|secondes?|秒) ?-? ?(candles?|charts?|bars?|timeframe|kerzen?|velas?|bougies?|k 线|线)/

/** "1 second candles": there are none, so the shortest ones are offered. */
function isOfSeconds(chunks: readonly Chunk[]): boolean {
  return seconds.test(chunks.map(({ text }) => text).join(" "))
}

const datesOfMonth =
  /(^| )(first|last|\d+ ?(st|nd|rd|th)|ersten?|letzten?|premier|primero?|primeiro|primo)( (day|tag|jour|dia|giorno))?( (of|de|des|du|do|di|del|the|every|each|cada|jeden|chaque|ogni))+ (month|monats?|mois|mes|mese)( |$)/

/** "The first of every month": no rule and no purchase counts the days of a month. */
function isOnDate(chunks: readonly Chunk[]): boolean {
  const isRegular = chunks.some((chunk) => chunk.kind === "word" && ["buy", "dca"].includes(chunk.concept))
  return isRegular && datesOfMonth.test(chunks.map(({ text }) => text).join(" "))
}

function hasEntry({ rules }: IdeaDraft): boolean {
  return rules.some(({ deed }) => deed === "enter")
}

function ofDraft(reading: Reading): Reply {
  const { draft } = reading
  assumeTimeframe(draft)
  settlePlainPrices(draft)
  askShorterCandles(draft, draft.timeframe!)
  if (draft.question) return questionReply(reading, draft.question.topic, draft.question.choices)
  splitOscillator(draft, reading.heard)
  if (mustAllHold(draft)) return questionReply(reading, "contradiction", undefined, entriesInFormulas(draft))
  if (isTooLong(draft)) return questionReply(reading, "length")
  completeDraft(draft)
  if (draft.question) return questionReply(reading, (draft.question as { topic: QuestionTopic }).topic)
  return strategyReply(reading, withSliders(writtenDraft(draft)))
}

/** No history is long enough to know an average of more candles. */
const LONGEST_LENGTH = 5_000

function isTooLong({ rules }: IdeaDraft): boolean {
  return rules.some(({ condition }) =>
    operandsOf(condition).some(({ numbers }) => numbers.some((each) => each > LONGEST_LENGTH)),
  )
}

/** Whether the conditions to enter, all together, can never be true. */
function mustAllHold({ rules }: IdeaDraft): boolean {
  const entries = rules.filter(({ deed }) => deed === "enter" || deed === "filter")
  const isAnd = entries.slice(1).every(({ join }) => join === "and")
  return (
    isAnd &&
    (["long", "short"] as const).some((side) =>
      canNeverHold(entries.filter((rule) => (rule.side ?? side) === side).map(({ condition }) => condition)),
    )
  )
}

/** Conditions beyond these are not repeated. */
const MOST_NAMED = 4

function entriesInFormulas({ rules, timeframe }: IdeaDraft): string[] {
  const entries = rules.filter(({ deed }) => deed === "enter" || deed === "filter")
  return entries.slice(0, MOST_NAMED).map(({ condition }) => conditionFormula(condition, timeframe!))
}

/** "RSI 14 < 30 / > 70" without a verb: in at one end, out at the other. */
function splitOscillator(draft: IdeaDraft, { chunks }: Heard) {
  const hasVerb = chunks.some(
    (chunk) => chunk.kind === "word" && ["buy", "sell", "exit", "short", "long", "cover"].includes(chunk.concept),
  )
  if (hasVerb || !mustAllHold(draft)) return
  const [, last] = draft.rules.filter(({ deed }) => deed === "enter")
  if (last) last.deed = "exit"
}
