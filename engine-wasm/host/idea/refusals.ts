import type { Chunk } from "./reading/chunk.ts"
import { isAverage, isChannel, isPrice } from "./reading/operand.ts"
import type { DeclineReason } from "./reply.ts"

/** A part of the sentence that no rule can do, and why. */
export type Impossible = { reason: DeclineReason; from: number; to: number }

type WordName = Extract<Chunk, { kind: "word" }>["concept"]

const isWord = (chunk: Chunk | undefined, ...concepts: WordName[]) =>
  chunk?.kind === "word" && concepts.includes(chunk.concept)
const says = (chunks: readonly Chunk[], ...concepts: WordName[]) => chunks.some((chunk) => isWord(chunk, ...concepts))

/** Why the whole sentence is declined, whatever else it says; undefined where it is not. */
export function refusalOf(chunks: readonly Chunk[]): DeclineReason | undefined {
  if (says(chunks, "manipulate")) return "manipulation"
  if (says(chunks, "secret")) return "secrets"
  if (says(chunks, "martingale") || growsAfterLoss(chunks)) return "martingale"
  if (growsMoney(chunks)) return "guarantee"
  return asksForOrder(chunks) ? "placesOrder" : undefined
}

/** "Double the position size after a loss". */
function growsAfterLoss(chunks: readonly Chunk[]): boolean {
  const text = chunks.map((chunk) => chunk.text).join(" ")
  return /\b(?:doubl|tripl)\w* .*\b(?:size|position|stake|bet|risk|lot)\b.*\b(?:after|on|every|each|when)\b.*\blos(?:s|ses|e|ing|t)\b/.test(
    text,
  )
}

/** Whether a sure profit is asked for: "can't lose", but not "can't lose more than 5 dollars". */
export function asksForGuarantee(chunks: readonly Chunk[]): boolean {
  return chunks.some((chunk) => isWord(chunk, "guarantee") && !isStopMoved(chunks, chunk))
}

/** "Turn 100 into 10k". */
function growsMoney(chunks: readonly Chunk[]): boolean {
  return chunks.some((chunk, at) => {
    const [from, link, to] = [chunks[at + 1], chunks[at + 2], chunks[at + 3]]
    if (!isWord(chunk, "turn") || from?.kind !== "amount" || to?.kind !== "amount") return false
    return (
      isWord(link, "filler", "to") &&
      to.value >= 2 * from.value &&
      [from.unit, to.unit].every((unit) => unit === "plain" || unit === "money")
    )
  })
}

/** "Make the trade risk-free" moves the stop to the entry. */
function isStopMoved(chunks: readonly Chunk[], chunk: Chunk): boolean {
  return /^risk ?- ?free$/.test(chunk.text) && says(chunks, "stop", "breakEven")
}

const actions = ["buy", "sell", "exit", "short", "cover", "marketOrder", "limitOrder", "cancel"] as const
const ofRules: WordName[] = [
  "when",
  "only",
  "unless",
  "above",
  "below",
  "cross",
  "crossUp",
  "crossDown",
  "every",
  "perDay",
  "perTrade",
  "dca",
  "grid",
  "safetyOrder",
  "dip",
  "rally",
  "breakout",
  "goldenCross",
  "deathCross",
  "uptrend",
  "stop",
  "target",
  "trailing",
  "touch",
  "reach",
  "buyLow",
  "buyAndHold",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
  "weekend",
  "hold",
  "after",
  "meanReversion",
  "trendFollowing",
]

/** "Buy 0.1 BTC right now": an order, not a rule. */
function asksForOrder(chunks: readonly Chunk[]): boolean {
  const isAsked =
    says(chunks, ...actions) || chunks.some((chunk) => isWord(chunk, "rightNow") && /order|trade|live/.test(chunk.text))
  if (!isAsked || speaksOfRules(chunks, ofRules)) return false
  // "Buy at 3000 and sell at 3500": both ends of a trade are an idea, not an order.
  const isWholeTrade = says(chunks, "buy") && says(chunks, "sell", "exit")
  if (isWholeTrade) return says(chunks, "rightNow", "marketOrder")
  return (
    says(chunks, "rightNow", "marketOrder") ||
    (says(chunks, "exit", "cancel", "sell", "cover") &&
      (says(chunks, "position", "long") || chunks.some(({ kind }) => kind === "market"))) ||
    chunks.some((_, at) => isQuantity(chunks, at))
  )
}

const ofConditions: WordName[] = ["when", "unless", "above", "below", "cross", "crossUp", "crossDown", "dip", "touch"]

/** Whether a sentence has what only rules have: a condition, an indicator, a timeframe. */
export function speaksOfRules(chunks: readonly Chunk[], words = ofConditions): boolean {
  return chunks.some(
    (chunk, at) =>
      (isWord(chunk, ...words) && !isAllOfCoin(chunks, at)) ||
      (chunk.kind === "operand" && !chunk.operands.every(isPrice)) ||
      chunk.kind === "pattern" ||
      chunk.kind === "range" ||
      (chunk.kind === "timeframe" && words === ofRules),
  )
}

/** "Alle meine Bitcoin": all of them, and no "every". */
function isAllOfCoin(chunks: readonly Chunk[], at: number): boolean {
  const next = chunks.slice(at + 1).find((chunk) => !isWord(chunk, "filler"))
  return isWord(chunks[at], "every") && next?.kind === "market"
}

/** "0.1 BTC", "100 USDT of SOL", "all my ETH". */
function isQuantity(chunks: readonly Chunk[], at: number): boolean {
  const amount = chunks[at]
  if (amount.kind !== "amount" || !["plain", "money", "share"].includes(amount.unit)) return false
  const next = chunks.slice(at + 1, at + 5)
  const place = next.findIndex(({ kind }) => kind === "market")
  return place >= 0 && next.slice(0, place).every((chunk) => isWord(chunk, "filler", "of", "on", "for"))
}

const impossible: Partial<Record<WordName, DeclineReason>> = {
  noData: "noDataSource",
  notOurs: "notPossible",
  divergence: "notPossible",
  future: "lookAhead",
  random: "notPossible",
}
const separators: WordName[] = [
  "and",
  "or",
  "next",
  "when",
  "only",
  "unless",
  "buy",
  "sell",
  "short",
  "cover",
  "exit",
  "long",
  "also",
]

/** Takes the parts of the sentence that no rule can do out of what is read further. */
export function takeImpossible(chunks: readonly Chunk[]): Impossible[] {
  const found: Impossible[] = []
  chunks.forEach((chunk, at) => {
    const past = pastTrades(chunks, at) ?? outcomeAfter(chunks, at)
    if (past) {
      for (const each of chunks.slice(past[0], past[1] + 1)) each.isUsed = true
      found.push({ reason: "notPossible", from: chunks[past[0]].from, to: chunks[past[1]].to })
    }
    const reason =
      isRetest(chunks, at) || isOpeningRange(chunks, at)
        ? "notPossible"
        : chunk.kind === "word" && !chunk.isUsed
          ? impossible[chunk.concept]
          : undefined
    if (!reason || !isForesight(chunks, at)) return
    const [from, to] = partAround(chunks, at)
    // "10x leverage on BTC": the market is still the one that was named.
    for (const each of chunks.slice(from, to + 1)) each.isUsed = each.kind !== "market"
    found.push({ reason, from: chunks[from].from, to: chunks[to].to })
  })
  return found
}

/** "The retest of the 20 day high": that a level was broken before no rule remembers; an average is only touched. */
function isRetest(chunks: readonly Chunk[], at: number): boolean {
  const chunk = chunks[at]
  if (chunk.isUsed || chunk.kind === "operand" || !/^(re-?test\w*|throwback)$/.test(chunk.text)) return false
  const line = chunks.slice(at + 1, at + 5).find(({ kind }) => kind === "operand")
  const isTouched =
    line?.kind === "operand" &&
    line.operands.every((each) => isAverage(each) || isChannel(each) || each.name.startsWith("cloud"))
  return !isTouched
}

/** "The high of the first 30 minutes": which ones those are no rule knows. */
function isOpeningRange(chunks: readonly Chunk[], at: number): boolean {
  const chunk = chunks[at]
  const isExtreme =
    chunk.kind === "operand" && chunk.operands.some(({ name }) => name === "highest" || name === "lowest")
  return isExtreme && !chunk.isUsed && /^(first|ersten?|primer\w*|premi\w+)$/.test(chunks[at - 1]?.text)
}

const aboutTrades: WordName[] = ["stop", "pause", "after", "filler", "trade", "position", "lose", "win", "exit"]

/** "Stop after two losing trades in a row", "never sell at a loss": no rule knows how trades before ended. */
function pastTrades(chunks: readonly Chunk[], at: number): [number, number] | undefined {
  const chunk = chunks[at]
  if (chunk.isUsed) return undefined
  const near = chunks.slice(Math.max(0, at - 4), at)
  if (isWord(chunk, "inARow") && says(near, "lose", "win") && says(near, "trade", "position", "lose")) {
    let from = at
    while (isWord(chunks[from - 1], ...aboutTrades) || chunks[from - 1]?.kind === "amount") from--
    return [from, pauseAfter(chunks, at)]
  }
  if (!isWord(chunk, "lose") || !isWord(chunks[at - 1], "at", "filler", "on")) return undefined
  const sale = chunks.findLastIndex((each, n) => n < at && n >= at - 3 && isWord(each, "sell", "exit", "buyAndHold"))
  if (sale < 0) return undefined
  const isDenied = isWord(chunks[sale], "buyAndHold") || isWord(chunks[sale - 1], "not")
  return isDenied ? [isWord(chunks[sale - 1], "not") ? sale - 1 : sale, at] : undefined
}

/** "… three losses in a row pause for a day": the last chunk of the pause, which nothing can begin. */
function pauseAfter(chunks: readonly Chunk[], at: number): number {
  if (!isWord(chunks[at + 1], "cooldown", "pause")) return at
  let to = at + 1
  while (isWord(chunks[to + 1], "filler", "for", "day", "perDay") || chunks[to + 1]?.kind === "amount") to++
  return to
}

/** "Exit if it is still losing after 12 hours": a time stop closes what wins and what loses alike. */
function outcomeAfter(chunks: readonly Chunk[], at: number): [number, number] | undefined {
  const isMark = (chunk: Chunk) => chunk.kind === "mark"
  if (chunks[at].isUsed || chunks[at].kind !== "amount" || !says(chunks.slice(Math.max(0, at - 2), at), "after"))
    return undefined
  const from = chunks.findLastIndex((chunk, n) => n < at && isMark(chunk)) + 1
  const mark = chunks.findIndex((chunk, n) => n > at && isMark(chunk))
  const end = mark < 0 ? chunks.length : mark
  const deed = chunks.findIndex((chunk, n) => n >= from && n < end && isWord(chunk, "exit", "sell", "cover"))
  const clause = chunks.slice(deed, end)
  const isPercent = clause.some((chunk) => chunk.kind === "amount" && chunk.unit === "percent")
  // "After 24 hours if in profit" is a profit of nothing that is enough then.
  if (chunks[at].unit === "minutes" && says(clause, "win") && !says(clause, "lose") && !isPercent) return undefined
  const isAsked = says(clause, "lose", "win") && says(clause, "when", "only", "unless") && !says(clause, "buy", "short")
  return deed >= 0 && isAsked && !isPercent ? [deed, end - 1] : undefined
}

/** "The next candle's open" is when orders fill; what it does afterwards nobody knows. */
function isForesight(chunks: readonly Chunk[], at: number): boolean {
  if (!chunks[at].text.startsWith("next ")) return true
  const isOpen = chunks
    .slice(Math.max(0, at - 3), at + 4)
    .some((chunk) => chunk.kind === "operand" && chunk.operands[0].name === "open")
  return !isOpen
}

function partAround(chunks: readonly Chunk[], at: number): [number, number] {
  const isEnd = (chunk: Chunk | undefined) => !chunk || chunk.kind === "mark" || isWord(chunk, ...separators)
  let [from, to] = [at, at]
  while (!isEnd(chunks[from - 1]) && !chunks[from - 1].isUsed) from--
  while (!isEnd(chunks[to + 1]) && !chunks[to + 1].isUsed) to++
  return [from, to]
}

/** Takes out sentences that tell the reader to forget its rules; their numbers are named as not understood. */
export function takeInjections(chunks: readonly Chunk[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  chunks.forEach((chunk, at) => {
    if (!isWord(chunk, "ignoreRules") || chunk.isUsed) return
    const isEnd = (each: Chunk | undefined) =>
      !each || (each.kind === "mark" && [".", "!", "?", ";", "\n"].includes(each.text))
    let [from, to] = [at, at]
    while (!isEnd(chunks[from - 1])) from--
    while (!isEnd(chunks[to + 1])) to++
    for (const each of chunks.slice(from, to + 1)) each.isUsed = true
    found.push({ from: chunks[from].from, to: chunks[to].to })
  })
  return found
}
