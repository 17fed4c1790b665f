import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import type { Sentence } from "../reading/sentence.ts"
import { spanOf } from "./time-reader.ts"

/** Reads what bounds the whole account: loss in a day, drawdown, positions, trades in a day, pauses. */
export function readLimits(sentence: Sentence, draft: IdeaDraft) {
  readDailyLoss(sentence, draft)
  readDrawdown(sentence, draft)
  readAccountFall(sentence, draft)
  readTradesPerDay(sentence, draft)
  readPositions(sentence, draft)
  readCooldown(sentence, draft)
  readCorrelation(sentence, draft)
}

function isDaily(sentence: Sentence): boolean {
  return sentence.has("perDay") || perDayAt(sentence) >= 0 || dayOfPause(sentence) >= 0
}

/** "亏损超过3%当天停止交易": the pause itself is of the day. */
function dayOfPause(sentence: Sentence): number {
  return sentence.says("lose")
    ? sentence.chunks.findIndex(
        ({ text, isUsed }, at) => !isUsed && sentence.isWord(at, "pause") && /^[当當] [天日]/.test(text),
      )
    : -1
}

/** "Per day", "every day", "daily loss": "daily" elsewhere is the timeframe. */
function perDayAt(sentence: Sentence): number {
  return sentence.chunks.findIndex((chunk, at) => {
    if (chunk.kind === "timeframe")
      return (
        chunk.isAdjective && chunk.timeframe === "1d" && !chunk.isAttached && !chunk.isChart && isOfLoss(sentence, at)
      )
    return (
      chunk.kind === "word" && chunk.concept === "day" && sentence.isWord(at - 1, "every", "for", "on", "of", "filler")
    )
  })
}

const bounded = ["lose", "drawdown", "risk", "trade", "most", "position", "pause"] as const

/** "Daily loss", "max daily risk", "pérdida diaria", "3 trades daily": a word that can be bounded stands beside it. */
function isOfLoss(sentence: Sentence, at: number): boolean {
  if (sentence.isWord(at + 1, ...bounded)) return true
  const before = sentence.isWord(at - 1, "filler") ? at - 2 : at - 1
  return sentence.isWord(before, "lose", "drawdown", "trade", "position") || sentence.isWord(before - 1, "lose")
}

/** "Never lose more than 5 dollars a day", "daily loss limit 3 %", "stop for the day after 2 % down". */
function readDailyLoss(sentence: Sentence, draft: IdeaDraft) {
  if (
    !isDaily(sentence) ||
    !(
      sentence.says("lose", "drawdown", "pause", "risk") ||
      sentence.chunks.some(({ text }) => /^daily (loss|limit|stop|max|drawdown)/.test(text))
    )
  )
    return
  const at = sentence.anyAmount(["money", "percent"])
  const perDay = Math.max(sentence.find("perDay"), perDayAt(sentence), dayOfPause(sentence))
  if (at < 0 || perDay < 0) return
  const place = nearestAmount(sentence, perDay)
  const amount = sentence.amount(place, ["money", "percent"])!
  if (amount.unit === "money") draft.dailyLossQuote = amount.value
  else draft.limits.dailyLossPercent = Math.abs(amount.value)
  draft.understand(
    [amount, sentence.chunks[perDay], ...wordsOf(sentence, ["lose", "most", "pause"])],
    "limits",
    `daily loss ${amount.text}`,
  )
}

function nearestAmount(sentence: Sentence, at: number): number {
  const places = sentence.chunks
    .map((_, place) => place)
    .filter((place) => sentence.amount(place, ["money", "percent"]))
  const far = (place: number) => Math.abs(place - at) + (isApart(sentence, at, place) ? APART : 0)
  return places.toSorted((a, b) => far(a) - far(b))[0]
}

const APART = 100

/** A comma stands between. */
function isApart({ chunks }: Sentence, one: number, other: number): boolean {
  return chunks
    .slice(Math.min(one, other), Math.max(one, other))
    .some((chunk) => chunk.kind === "mark" && chunk.text === ",")
}

function readDrawdown(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("drawdown")
  const place = at < 0 ? -1 : sentence.amountOf(at, ["percent"])
  const found =
    place >= 0
      ? place
      : at >= 0 && sentence.says("lose", "pause", "down", "drawdown")
        ? sentence.anyAmount(["percent"])
        : -1
  if (found < 0) return
  const amount = sentence.amount(found, ["percent"])!
  draft.limits.maxDrawdownPercent = Math.abs(amount.value)
  draft.understand(
    [sentence.chunks[at], amount, ...wordsOf(sentence, ["pause", "lose"])],
    "limits",
    `drawdown ${amount.text}`,
  )
}

/** "Stop if the account falls 20 %", "sell everything when my account is down 20 %". */
function readAccountFall(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("balance")
  const fall = at < 0 ? -1 : sentence.findFrom(at, "down", "lose", "dip")
  if (fall < 0 || fall - at > 3 || !sentence.says("exit", "sell", "pause", "stop")) return
  const amount = [fall + 1, fall + 2].flatMap((place) => sentence.amount(place, ["percent"]) ?? [])[0]
  if (!amount) return
  draft.limits.maxDrawdownPercent = Math.abs(amount.value)
  draft.understand(
    [
      sentence.chunks[at],
      sentence.chunks[fall],
      amount,
      ...wordsOf(sentence, ["pause", "stop", "exit", "sell", "when"]),
    ],
    "limits",
    `drawdown ${amount.text}`,
  )
}

/** "At most 3 trades a day". */
function readTradesPerDay(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.chunks.findIndex(
    (chunk, place) =>
      !chunk.isUsed && sentence.isWord(place, "trade", "position", "buy") && sentence.amountOf(place, ["plain"]) >= 0,
  )
  const longer = at < 0 ? undefined : longerPeriod(sentence, at)
  if (at < 0 || !(longer || isDaily(sentence))) return
  const place = sentence.amountOf(at, ["plain"])
  const amount = sentence.amount(place, ["plain"])!
  if (!(amount.value >= 1)) return
  draft.tradesPerDay = amount.value
  draft.tradeDays = longer?.days ?? 1
  const perDay = Math.max(sentence.find("perDay"), perDayAt(sentence))
  const period = longer?.chunks ?? [sentence.chunks[perDay]]
  draft.understand(
    [amount, sentence.chunks[at], ...period],
    "limits",
    longer ? `${amount.value} trades in ${longer.days} days` : `${amount.value} trades a day`,
  )
}

/** "10 trades per week", "20 trades a month". */
function longerPeriod(sentence: Sentence, at: number): { days: number; chunks: Chunk[] } | undefined {
  const { chunks } = sentence
  let place = at + 1
  while (sentence.isWord(place, "filler", "every", "for", "on", "of", "at") || chunks[place]?.kind === "amount") place++
  const unit = chunks[place]
  const days =
    sentence.isWord(place, "week") || isWeekly(unit) ? 7 : sentence.isWord(place, "month", "monthly") ? 30 : undefined
  if (days === undefined || !sentence.says("most", "trade") || place - at > 4) return undefined
  return { days, chunks: chunks.slice(at + 1, place + 1).filter((each) => each === unit || each.kind === "word") }
}

function isWeekly(chunk: Chunk | undefined): boolean {
  return chunk?.kind === "timeframe" && chunk.timeframe === "1w" && chunk.isAdjective === true
}

/** "Max 3 positions", "one trade at a time", "never more than two coins at once". */
function readPositions(sentence: Sentence, draft: IdeaDraft) {
  const isBounded = sentence.has("most", "atOnce", "only") || (sentence.says("not") && sentence.has("above"))
  const counted = countedAt(sentence)
  const isCounted = counted >= 0 && (sentence.amountOf(counted, ["plain"]) >= 0 || sentence.says("atOnce"))
  const at = isCounted ? counted : stillOpenAt(sentence)
  if (!isBounded || at < 0) return
  const place = sentence.amountOf(at, ["plain"])
  const single =
    place < 0 && sentence.says("atOnce")
      ? wordSaying(sentence, /^(one|a single|single|ein\w*|un\w*|uma?|одн\w*|satu|jedn\w*|一)$/)
      : -1
  if (place < 0 && single < 0) return
  // "2 correlated positions" are not all of them.
  if (place >= 0 && [1, 2].some((step) => sentence.isWord(place + step, "correlated"))) return
  // "Below 30 at the same time" counts nothing.
  if (place >= 0 && sentence.isWord(place - 1, "above", "below") && !sentence.says("not")) return
  const count = place < 0 ? 1 : sentence.amount(place, ["plain"])!.value
  if (!Number.isInteger(count) || count < 1 || count > 1_000) return
  draft.limits.maxOpenPositions = count
  draft.understand(
    [sentence.chunks[place < 0 ? single : place], sentence.chunks[at], ...wordsOf(sentence, ["atOnce"])],
    "limits",
    `${count} positions`,
  )
}

/** The word for positions that has a number beside it; the first one where none has. */
function countedAt(sentence: Sentence): number {
  const words = ["position", "trade", "atOnce"] as const
  const first = sentence.find(...words)
  for (let at = first; at >= 0; at = sentence.findFrom(at + 1, ...words))
    if (sentence.amountOf(at, ["plain"]) >= 0) return at
  return first
}

/** "Max 3 open". */
function stillOpenAt(sentence: Sentence): number {
  return sentence.chunks.findIndex(
    (chunk, at) =>
      chunk.kind === "operand" &&
      !chunk.isUsed &&
      chunk.operands[0].name === "open" &&
      sentence.amount(at - 1, ["plain"]) !== undefined,
  )
}

function wordSaying(sentence: Sentence, pattern: RegExp): number {
  return sentence.chunks.findIndex(({ text, isUsed }) => !isUsed && pattern.test(text))
}

/** "Wait 5 candles after a loss", "cooldown 2 hours". */
function readCooldown(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("cooldown", "pause")
  if (at < 0) return
  const spans = ["candles", "minutes"] as const
  const own = sentence.amountOf(at, spans)
  const place = own >= 0 ? own : sentence.anyAmount(spans)
  if (place < 0) return
  const amount = sentence.amount(place, ["candles", "minutes"])!
  draft.cooldown = spanOf(amount)
  if (reasonAfter(sentence, at).some(({ text }) => text !== "after")) draft.assume("cooldown", amount.text)
  draft.understand(
    [sentence.chunks[at], amount, ...reasonAfter(sentence, at), ...nextEntry(sentence, at)],
    "limits",
    `wait ${amount.text}`,
  )
}

/** "… before you buy again": what it waits for is no rule. */
function nextEntry(sentence: Sentence, at: number): Chunk[] {
  const before = sentence.findFrom(at, "before", "until")
  const entry = before < 0 ? -1 : sentence.findFrom(before, "buy", "safetyOrder", "add", "trade", "long", "short")
  if (entry < 0 || entry - before > 4) return []
  const again = sentence.isWord(entry + 1, "back", "add") ? 1 : 0
  return sentence.chunks.slice(before, entry + 1 + again)
}

/** "… after a loss", "… after each stop": every exit counts here. */
function reasonAfter(sentence: Sentence, at: number): Chunk[] {
  const after = sentence.findFrom(at, "after", "before")
  const reason = after < 0 ? -1 : sentence.findFrom(after, "lose", "stop", "trade", "position", "exit", "sell")
  return reason >= 0 && reason - after <= 4 ? [sentence.chunks[after], sentence.chunks[reason]] : []
}

/** "Max correlation 0.8", "no correlated coins"; how many correlated ones are open no rule counts, but for one. */
function readCorrelation(sentence: Sentence, draft: IdeaDraft) {
  const { chunks } = sentence
  const words = chunks.map((_, at) => at).filter((at) => !chunks[at].isUsed && sentence.isWord(at, "correlated"))
  if (words.length === 0) return
  const at = words.find((word) => sentence.amountOf(word, ["plain", "percent"]) >= 0) ?? words[0]
  const place = sentence.amountOf(at, ["plain", "percent"])
  const amount = place < 0 ? undefined : sentence.amount(place, ["plain", "percent"])
  const isCount = amount?.unit === "plain" && amount.value >= 1 && amount.value < LEAST_CORRELATION_PERCENT
  if (isCount && amount.value > 1 && !isForbidden(sentence, place))
    return void draft.notPossible.push(countedWords(sentence, Math.min(at, place)))
  const said = amount && !isCount ? amount : undefined
  const value = said === undefined ? 0.8 : said.unit === "percent" || said.value > 1 ? said.value / 100 : said.value
  draft.limits.maxCorrelation = value
  if (!said) draft.assume("correlation", value)
  const of = [...words, ...words.map((word) => word + 1).filter((each) => sentence.isWord(each, "between"))]
  for (const each of of.filter((other) => other !== at)) draft.understand([chunks[each]], "limits", "correlation")
  if (said && sentence.isWord(place + 1, "between")) draft.understand([chunks[place + 1]], "limits", "correlation")
  draft.understand(amount ? [chunks[at], amount] : [chunks[at]], "limits", `correlation ${value}`)
}

/** "2 correlated coins at the same time". */
function countedWords({ chunks }: Sentence, from: number): string {
  const mark = chunks.findIndex((chunk, at) => at > from && chunk.kind === "mark")
  return chunks
    .slice(from, mark < 0 ? undefined : mark)
    .map(({ text }) => text)
    .join(" ")
}

/** A smaller number beside the word counts positions. */
const LEAST_CORRELATION_PERCENT = 10

/** "Never two correlated coins" is at most one. */
function isForbidden(sentence: Sentence, at: number): boolean {
  return sentence.amount(at, ["plain"])?.value === 2 && sentence.isWord(at - 1, "not") && !sentence.has("most")
}

/** Free words of the sentence that belong to what was understood. */
function wordsOf(sentence: Sentence, concepts: Parameters<Sentence["isWord"]>[1][]): Chunk[] {
  return sentence.chunks.filter((chunk, at) => !chunk.isUsed && sentence.isWord(at, ...concepts))
}
