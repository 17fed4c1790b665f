import { MINUTE_MS, strategyTimeframeOf } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { buyAndHold } from "../../strategy/templates/buy-and-hold.ts"
import { momentumRotation } from "../../strategy/templates/momentum-rotation.ts"
import { rebalance } from "../../strategy/templates/rebalance.ts"
import type { DraftRule, IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { conditionFormula } from "../reading/condition.ts"
import { unitMinutes } from "../reading/amount.ts"
import { fixedGrid } from "./fixed-grid.ts"
import { regularPurchase } from "./regular-purchase.ts"

type WordName = Extract<Chunk, { kind: "word" }>["concept"]
const isWord = (chunk: Chunk | undefined, ...concepts: WordName[]) =>
  chunk?.kind === "word" && concepts.includes(chunk.concept)
const says = (chunks: readonly Chunk[], ...concepts: WordName[]) => chunks.some((chunk) => isWord(chunk, ...concepts))

/** A strategy that is no rule but a known recipe: a grid, regular purchases, rebalancing, rotation, or holding. */
export function recipeIn(chunks: readonly Chunk[], draft: IdeaDraft): WrittenStrategy | undefined {
  if (says(chunks, "grid")) return gridIn(chunks, draft)
  const period = periodIn(chunks)
  const isPurchase = says(chunks, "dca") || (says(chunks, "buy") && !says(chunks, "sell", "exit") && !hasEntry(draft))
  if (period && isPurchase && draft.add === undefined && !says(chunks, "rotation"))
    return purchasesIn(draft, chunks, period)
  if (says(chunks, "rebalance")) return rebalanceOf(draft, chunks)
  if (says(chunks, "rotation"))
    return { ...momentumRotation.document, markets: several(draft, momentumRotation.document.markets!) }
  return says(chunks, "buyAndHold") && draft.rules.length === 0 ? heldFor(draft) : undefined
}

function hasEntry({ rules }: IdeaDraft): boolean {
  return rules.some(({ deed }) => deed === "enter")
}

function gridIn(chunks: readonly Chunk[], draft: IdeaDraft): WrittenStrategy {
  const range = chunks.find((chunk) => chunk.kind === "range")
  const [low, high] = range?.kind === "range" ? [range.low.value, range.high.value].toSorted((a, b) => a - b) : []
  const count = chunks.find((chunk, at) => chunk.kind === "amount" && chunk.unit === "plain" && isLineCount(chunks, at))
  const lines = count?.kind === "amount" ? count.value : undefined
  if (range) draft.understand([range], "enter", `${low} – ${high}`)
  else draft.assume("sign", "240 × 1h")
  if (count) draft.understand([count], "enter", `${lines} lines`)
  else draft.assume("steps", "10")
  draft.timeframe ??= "1h"
  const bounded = Math.max(2, Math.min(200, Math.round(lines ?? 10)))
  if (lines !== undefined && bounded !== lines) draft.assume("steps", bounded)
  const money = chunks.find((chunk) => chunk.kind === "amount" && chunk.unit === "money" && !chunk.isUsed)
  if (money?.kind === "amount" && !draft.saidBalance) {
    draft.balanceQuote = money.value
    draft.saidBalance = true
    draft.understand([money], "size", `account ${money.value}`)
  }
  if (draft.size?.kind === "quote") draft.assume("balance", Number(draft.size.amount))
  assumeMarket(draft)
  return {
    ...fixedGrid({
      markets: draft.markets,
      lines: bounded,
      ...(low !== undefined && high > low && { range: { low, high } }),
    }),
    timeframe: draft.timeframe,
  }
}

function isLineCount(chunks: readonly Chunk[], at: number): boolean {
  return [at + 1, at + 2, at - 1].some((place) => isWord(chunks[place], "gridLine", "line", "grid"))
}

/** How often: minutes, or a day of the week. */
type Period = { minutes: number; weekday: number; chunks: Chunk[] }

const days: WordName[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

/** "Every Monday", "each week", "every 4 hours", "daily", "a day", "once a month". */
function periodIn(chunks: readonly Chunk[]): Period | undefined {
  for (const [at, chunk] of chunks.entries()) {
    if (isWord(chunk, "perDay") && !chunk.isUsed && !says(chunks, "pause", "cooldown", "lose"))
      return { minutes: 1_440, weekday: 0, chunks: [chunk] }
    if (chunk.kind === "timeframe" && chunk.isAdjective && !chunk.isChart)
      return { minutes: chunk.minutes, weekday: 0, chunks: [chunk] }
    if (isWord(chunk, "monthly")) return { minutes: unitMinutes.month!, weekday: 0, chunks: [chunk] }
    if (!isWord(chunk, "every") && !/^(once a|on|a|am|jeden|cada)\b/.test(chunk.text)) continue
    const next = chunks.slice(at + 1, at + 4).find((each) => !isWord(each, "filler", "on", "at"))
    if (next?.kind === "amount" && next.unit === "minutes" && isWord(chunk, "every"))
      return { minutes: next.value, weekday: 0, chunks: [chunk, next] }
    if (next?.kind !== "word") continue
    const day = days.indexOf(next.concept) + 1
    if (day > 0) return { minutes: 1_440, weekday: day, chunks: [chunk, next] }
    const minutes = unitMinutes[next.concept]
    if (minutes !== undefined) return { minutes, weekday: 0, chunks: [chunk, next] }
  }
  return undefined
}

/** "At 14:00", "at 9 am": the hour of a purchase. */
function hourIn(chunks: readonly Chunk[], draft: IdeaDraft): number | undefined {
  const at = chunks.findIndex(
    (chunk, place) =>
      chunk.kind === "amount" &&
      !chunk.isUsed &&
      (chunk.unit === "clock" || (chunk.unit === "plain" && isWord(chunks[place + 1], "am", "pm", "utc"))),
  )
  const clock = chunks[at]
  if (clock?.kind !== "amount") return undefined
  const hour = isWord(chunks[at + 1], "pm") ? (clock.value % 12) + 12 : clock.value
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) return undefined
  draft.understand([clock], "session", `${hour}:00 UTC`)
  return hour
}

/** With an hour, a day is the longest period: a week then begins on its first day. */
function candlesFor({ minutes, weekday }: Period, hour: number | undefined) {
  if (hour !== undefined && minutes >= 1_440) {
    const isWeekly = minutes >= 10_080
    const every = Math.round(minutes / (isWeekly ? 10_080 : 1_440))
    return { timeframe: "1h" as const, every, weekday: weekday || (isWeekly ? 1 : 0) }
  }
  const own = strategyTimeframeOf(minutes * MINUTE_MS)
  const timeframe = own ?? (minutes % 1_440 === 0 ? "1d" : "1h")
  const every = own ? 1 : Math.max(1, Math.round(minutes / (timeframe === "1d" ? 1_440 : 60)))
  return { timeframe, every, weekday }
}

/** "For 10 € bitcoin": money that nothing else has taken. */
function spendMoney(draft: IdeaDraft, chunks: readonly Chunk[]) {
  const money = chunks.find((chunk) => chunk.kind === "amount" && chunk.unit === "money" && !chunk.isUsed)
  if (money?.kind !== "amount" || draft.size || !(money.value > 0)) return
  draft.size = { kind: "quote", amount: money.value }
  draft.understand([money], "size", `${money.value} a position`)
}

function purchasesIn(draft: IdeaDraft, given: readonly Chunk[], period: Period): WrittenStrategy {
  const { chunks } = period
  const hour = hourIn(given, draft)
  const { timeframe, every, weekday } = candlesFor(period, hour)
  dropRules(draft)
  draft.understand(chunks, "enter", chunks.map(({ text }) => text).join(" "))
  draft.timeframe = timeframe
  assumeMarket(draft)
  spendMoney(draft, given)
  const amount = draft.size?.kind === "quote" ? Number(draft.size.amount) : 10
  if (draft.size?.kind !== "quote") draft.assume("size", amount)
  const stopPercent = recipeStop(draft, 50)
  draft.assume("exit", stopPercent === undefined ? "–" : `stop ${stopPercent} %`)
  return regularPurchase({
    markets: draft.markets,
    timeframe,
    every,
    weekday,
    hour: hour ?? -1,
    amount,
    stopPercent,
  })
}

/** A purchase on a day has no other condition: what was read as one is named. */
function dropRules(draft: IdeaDraft) {
  const isWeekday = ({ condition }: DraftRule) => conditionFormula(condition, "1d").includes("weekday")
  for (const rule of draft.rules.filter((each) => !isWeekday(each)))
    draft.notPossible.push(conditionFormula(rule.condition, draft.timeframe ?? "1d"))
  draft.rules.length = 0
}

/** The stop that was said, none where it was refused, or a wide one. */
function recipeStop(draft: IdeaDraft, usual: number): number | undefined {
  const { stop } = draft
  if (stop && "kind" in stop && stop.kind === "percent") return Number(stop.percent)
  if (stop && "kind" in stop && stop.kind === "none") return undefined
  draft.assume("stop", `${usual} %`)
  return usual
}

/** "Rebalance when one drifts 5 %": the only percentage that was said. */
function driftIn(chunks: readonly Chunk[], draft: IdeaDraft): number | undefined {
  const percents = chunks.filter((chunk) => chunk.kind === "amount" && chunk.unit === "percent" && !chunk.isUsed)
  const [only] = percents
  if (percents.length !== 1 || only.kind !== "amount" || only.value < 1 || only.value > 20) return undefined
  draft.understand([only], "enter", `drift ${only.value} %`)
  return only.value
}

function rebalanceOf(draft: IdeaDraft, chunks: readonly Chunk[]): WrittenStrategy {
  const { document } = rebalance
  const drift = driftIn(chunks, draft)
  const period = periodIn(chunks)
  if (period) draft.notPossible.push(period.chunks.map(({ text }) => text).join(" "))
  const markets = several(draft, document.markets!)
  const part = Math.max(5, Math.floor(95 / markets.length / 5) * 5)
  const stopPercent = recipeStop(draft, 50)
  return {
    ...document,
    markets,
    params: {
      ...document.params,
      part: valued(document.params!.part, part),
      ...(drift !== undefined && { drift: valued(document.params!.drift, drift) }),
    },
    protect: { stopLoss: stopPercent === undefined ? { kind: "none" } : { kind: "percent", percent: stopPercent } },
  }
}

type Param = NonNullable<WrittenStrategy["params"]>[string]

function valued(param: Param, value: number): Param {
  return { ...param, value } as Param
}

/** These recipes need more than one market. */
function several(draft: IdeaDraft, usual: readonly string[]): string[] {
  if (draft.markets.length > 1) return draft.markets
  const markets = [...new Set([...draft.markets, ...usual])]
  draft.assume("market", markets.join(", "))
  return markets
}

/** Holding for ever is asked for without a stop, which is said. */
function heldFor(draft: IdeaDraft): WrittenStrategy {
  assumeMarket(draft)
  draft.timeframe ??= "1d"
  const stopPercent =
    draft.stop && "kind" in draft.stop && draft.stop.kind === "percent" ? Number(draft.stop.percent) : undefined
  if (stopPercent === undefined) draft.assume("stop", "–")
  return {
    ...buyAndHold.document,
    markets: draft.markets,
    timeframe: draft.timeframe,
    protect: { stopLoss: stopPercent === undefined ? { kind: "none" } : { kind: "percent", percent: stopPercent } },
    ...(draft.size && { size: draft.size }),
  }
}

function assumeMarket(draft: IdeaDraft) {
  if (draft.markets.length > 0) return
  draft.markets = ["BTC/USDT"]
  draft.assume("market", "BTC/USDT")
}
