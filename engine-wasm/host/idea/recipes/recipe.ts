import { MINUTE_MS, strategyTimeframeOf } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { buyAndHold } from "../../strategy/templates/buy-and-hold.ts"
import { momentumRotation } from "../../strategy/templates/momentum-rotation.ts"
import { rebalance } from "../../strategy/templates/rebalance.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
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
  if (period && draft.rules.length === 0 && draft.add === undefined && says(chunks, "buy", "dca"))
    return purchasesIn(draft, period)
  if (says(chunks, "rebalance")) return rebalanceOf(draft)
  if (says(chunks, "rotation"))
    return { ...momentumRotation.document, markets: several(draft, momentumRotation.document.markets!) }
  return says(chunks, "buyAndHold") && draft.rules.length === 0 ? heldFor(draft) : undefined
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
    if (isWord(chunk, "perDay")) return { minutes: 1_440, weekday: 0, chunks: [chunk] }
    if (chunk.kind === "timeframe" && chunk.isAdjective && !chunk.isChart)
      return { minutes: chunk.minutes, weekday: 0, chunks: [chunk] }
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

function purchasesIn(draft: IdeaDraft, { minutes, weekday, chunks }: Period): WrittenStrategy {
  const timeframe = strategyTimeframeOf(minutes * MINUTE_MS) ?? (minutes % 1_440 === 0 ? "1d" : "1h")
  const every = strategyTimeframeOf(minutes * MINUTE_MS)
    ? 1
    : Math.max(1, Math.round(minutes / (timeframe === "1d" ? 1_440 : 60)))
  draft.understand(chunks, "enter", chunks.map(({ text }) => text).join(" "))
  draft.timeframe = timeframe
  assumeMarket(draft)
  const amount = draft.size?.kind === "quote" ? Number(draft.size.amount) : 10
  if (draft.size?.kind !== "quote") draft.assume("size", amount)
  draft.assume("exit", "–")
  return regularPurchase({
    markets: draft.markets,
    timeframe,
    every,
    weekday,
    amount,
    stopPercent: recipeStop(draft, 50),
  })
}

/** The stop that was said, none where it was refused, or a wide one. */
function recipeStop(draft: IdeaDraft, usual: number): number | undefined {
  const { stop } = draft
  if (stop && "kind" in stop && stop.kind === "percent") return Number(stop.percent)
  if (stop && "kind" in stop && stop.kind === "none") return undefined
  draft.assume("stop", `${usual} %`)
  return usual
}

function rebalanceOf(draft: IdeaDraft): WrittenStrategy {
  const { document } = rebalance
  const markets = several(draft, document.markets!)
  const part = Math.max(5, Math.floor(95 / markets.length / 5) * 5)
  const stopPercent = recipeStop(draft, 50)
  return {
    ...document,
    markets,
    params: {
      ...document.params,
      part: { ...document.params!.part, value: part } as NonNullable<WrittenStrategy["params"]>[string],
    },
    protect: { stopLoss: stopPercent === undefined ? { kind: "none" } : { kind: "percent", percent: stopPercent } },
  }
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
