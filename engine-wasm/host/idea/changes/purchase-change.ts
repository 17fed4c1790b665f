import { MINUTE_MS, timeframesMs } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Amount } from "../reading/amount.ts"
import { isWord } from "../reading/chunk-places.ts"
import type { Chunk } from "../reading/chunk.ts"
import { namesOld } from "../parts/market-reader.ts"
import { conditionFormula } from "../reading/condition.ts"
import { conditionsIn } from "../recipes/purchases.ts"
import { regularPurchase } from "../recipes/regular-purchase.ts"
import { candlesFor, hourIn, type Period, periodIn } from "../recipes/purchase-period.ts"
import type { MovedNumber } from "./moved-number.ts"
import { numberAt, withParamAt } from "./set-number.ts"

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
const sliders = ["amount", "every", "onDay", "atHour"]
const DAY_MINUTES = 1_440
const WEEK_MINUTES = 10_080

/** Whether a document buys for the same amount again and again. */
export function isPurchases({ code, params }: WrittenStrategy): boolean {
  return code != null && sliders.every((name) => params?.[name] !== undefined)
}

/** "Make it 50 dollars", "every day instead", "Fridays", "at 9:00": another amount, wait, day or hour. */
export function takePurchaseChange(
  say: string,
  chunks: readonly Chunk[],
  draft: IdeaDraft,
  given: WrittenStrategy,
): MovedNumber[] {
  if (!isPurchases(given)) return saysOnlyMoney(chunks, given) ? takeAmount(chunks, draft) : []
  // Of rules, protection or the account, others read.
  if (chunks.some((chunk) => !chunk.isUsed && isOfOthers(chunk))) return []
  return [...takeWhen(say, chunks, draft, given), ...takeAmount(chunks, draft)]
}

function isOfOthers(chunk: Chunk): boolean {
  const others = [
    "stop",
    "target",
    "trailing",
    "risk",
    "lose",
    "when",
    "above",
    "below",
    "cross",
    "sell",
    "exit",
    "have",
  ]
  return chunk.kind === "operand" || isWord(chunk, ...others)
}

/** "$100 instead of $50" of a strategy that spends an amount on each trade. */
function saysOnlyMoney(chunks: readonly Chunk[], { size, code }: WrittenStrategy): boolean {
  if (code || size?.kind !== "quote") return false
  const instead = chunks.findIndex((chunk) => isWord(chunk, "instead"))
  const old = instead > 0 && namesOld(chunks[instead].text) ? chunks.slice(instead) : []
  const said = chunks.filter((chunk) => !old.includes(chunk))
  const isSmall = (chunk: Chunk) => chunk.kind === "mark" || isWord(chunk, "filler", "change", "it", "to", "instead")
  const isMoney = (chunk: Chunk) => chunk.kind === "amount" && chunk.unit === "money" && !chunk.isUsed
  const isOnly = said.some(isMoney) && said.every((chunk) => isSmall(chunk) || isMoney(chunk))
  if (isOnly) for (const chunk of old) chunk.isUsed = true
  return isOnly
}

function takeAmount(chunks: readonly Chunk[], draft: IdeaDraft): MovedNumber[] {
  const free = chunks.filter((chunk): chunk is Chunk & Amount => chunk.kind === "amount" && !chunk.isUsed)
  const money = free.filter(({ unit }) => unit === "money")
  const [amount, ...more] = money.length > 0 ? money : free
  if (!amount || more.length > 0 || amount.list || (amount.unit !== "money" && amount.unit !== "plain")) return []
  if (!(amount.value > 0)) return [{ ask: "size" }]
  draft.understand([amount], "size", `${amount.value} a position`)
  return [{ change: (document) => ({ ...document, size: { kind: "quote", amount: amount.value } }) }]
}

function takeWhen(say: string, chunks: readonly Chunk[], draft: IdeaDraft, given: WrittenStrategy): MovedNumber[] {
  const free = chunks.filter(({ isUsed }) => !isUsed)
  const named = free.filter((chunk) => isWord(chunk, ...days))
  // "Tuesdays and Fridays": there is one day.
  if (new Set(named.map(dayOf)).size > 1) return [{ ask: "timeframe", choices: named.map(({ text }) => text) }]
  const said = periodIn(free) ?? intervalIn(free) ?? ofDay(named)
  const isTwice = twice.test(say)
  const period = said && isTwice ? { ...said, minutes: said.minutes / 2 } : said
  if (period && isTwice) for (const chunk of free) chunk.isUsed ||= chunk.kind === "amount" && chunk.value === 2
  const hour = hourIn(free, draft)
  // "Use 4 hours": their candles are their wait, which nobody spoke of.
  if (!period && hour === undefined) return free.some(isInterval) ? [{ ask: "timeframe", choices: waits(free) }] : []
  if (period) draft.understand([...period.chunks, ...named], "enter", period.chunks.map(({ text }) => text).join(" "))
  const change = planned(given, period ?? periodNow(given), hour)
  if (!change) return [{ ask: "timeframe" }]
  draft.timeframe = change.timeframe
  return [change]
}

/** "Twice a month", "zweimal im Monat". */
const twice =
  /\b(?:twice|2x|two times) (?:a|per|each|every)\b|\bzweimal (?:im|in der|pro|die|am)\b|\bdos veces (?:al|por|a la)\b|\bdeux fois par\b|\bduas vezes (?:por|ao)\b|两次/i

function isInterval(chunk: Chunk): boolean {
  return chunk.kind === "timeframe" || (chunk.kind === "amount" && chunk.unit === "minutes")
}

function waits(chunks: readonly Chunk[]): string[] {
  return chunks.filter(isInterval).map(({ text }) => `every ${text}`)
}

function dayOf(chunk: Chunk): number {
  return chunk.kind === "word" ? days.indexOf(chunk.concept) + 1 : 0
}

function ofDay([chunk]: readonly Chunk[]): Period | undefined {
  return chunk && { minutes: DAY_MINUTES, weekday: dayOf(chunk), chunks: [chunk] }
}

/** "Weekly" alone. */
function intervalIn(chunks: readonly Chunk[]): Period | undefined {
  const found = chunks.find((chunk) => chunk.kind === "timeframe" && chunk.isAdjective)
  return found?.kind === "timeframe" ? { minutes: found.minutes, weekday: 0, chunks: [found] } : undefined
}

function periodNow(given: WrittenStrategy): Period {
  const weekday = numberAt(given, ["params", "onDay", "value"]) ?? 0
  const hour = numberAt(given, ["params", "atHour", "value"]) ?? -1
  const every = numberAt(given, ["params", "every", "value"]) ?? 1
  const candle = timeframesMs[given.timeframe] / MINUTE_MS
  return { minutes: weekday > 0 ? DAY_MINUTES : every * (hour >= 0 ? DAY_MINUTES : candle), weekday, chunks: [] }
}

/** Purchases at other times; undefined where the candles of their conditions are too long for it. */
function planned(given: WrittenStrategy, period: Period, said: number | undefined) {
  const hourNow = numberAt(given, ["params", "atHour", "value"]) ?? -1
  const dayNow = numberAt(given, ["params", "onDay", "value"]) ?? 0
  const hour = said ?? (hourNow >= 0 && period.minutes >= DAY_MINUTES ? hourNow : undefined)
  // "Weekly" of purchases on Fridays leaves their day.
  const isSameWeek = period.minutes === WEEK_MINUTES && period.weekday === 0 && dayNow > 0
  const meant = isSameWeek ? { ...period, minutes: DAY_MINUTES, weekday: dayNow } : period
  const plan = hasConditions(given) ? onOwnCandles(given, meant, hour) : candlesFor(meant, hour)
  if (!plan) return undefined
  const change = (document: WrittenStrategy): WrittenStrategy => {
    const numbers = { every: plan.every, onDay: plan.weekday, atHour: hour ?? -1 }
    const changed = Object.entries(numbers).reduce((each, [name, value]) => withParamAt(each, name, value), document)
    return { ...changed, timeframe: plan.timeframe }
  }
  return { change, timeframe: plan.timeframe }
}

/** "Stop buying when RSI is above 70": purchases that had no condition get it; what no code here takes is named. */
export function withPurchaseConditions(document: WrittenStrategy, draft: IdeaDraft): WrittenStrategy {
  if (!document.code || draft.rules.length === 0) return document
  const number = (name: string) => numberAt(document, ["params", name, "value"])!
  const plan = { timeframe: document.timeframe, every: number("every") }
  if (!isPurchases(document) || hasConditions(document)) {
    for (const { condition } of draft.rules) draft.notPossible.push(conditionFormula(condition, document.timeframe))
    return document
  }
  const found = conditionsIn(draft, plan)
  if (!found.only && !found.exit) return document
  const { params, code, timeframe, description } = regularPurchase({
    ...found,
    markets: document.markets ?? [],
    weekday: number("onDay"),
    hour: number("atHour"),
    amount: number("amount"),
    stopPercent: undefined,
  })
  draft.timeframe = timeframe
  return { ...document, description, timeframe, code, params: { ...params, ...document.params, every: params!.every } }
}

/** The code asks for indicators: they stay on the candles they are on. */
function hasConditions({ code }: WrittenStrategy): boolean {
  return /\bis(?:Wanted|Over)\b/.test(code?.source ?? "")
}

function onOwnCandles({ timeframe }: WrittenStrategy, { minutes, weekday }: Period, hour: number | undefined) {
  const candle = timeframesMs[timeframe] / MINUTE_MS
  if (hour !== undefined)
    return candle <= 60 ? { timeframe, every: Math.max(1, Math.round(minutes / DAY_MINUTES)), weekday } : undefined
  return minutes >= candle && minutes % candle === 0 ? { timeframe, every: minutes / candle, weekday } : undefined
}
