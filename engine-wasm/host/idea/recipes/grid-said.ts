import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Amount } from "../reading/amount.ts"
import type { Chunk } from "../reading/chunk.ts"
import { assumeMarket } from "./assumed-parts.ts"
import { fixedGrid } from "./fixed-grid.ts"
import { isWord, understandName } from "./said-words.ts"

/** A grid: its range, its lines and its money, each where it was said. */
export function gridSaid(chunks: readonly Chunk[], draft: IdeaDraft): WrittenStrategy {
  forgetRules(chunks, draft)
  understandName(chunks, draft, "grid")
  const range = rangeIn(chunks)
  const [low, high] = range?.ends ?? []
  const count = chunks.find((chunk, at) => chunk.kind === "amount" && chunk.unit === "plain" && isLineCount(chunks, at))
  const lines = count?.kind === "amount" ? count.value : undefined
  if (range) draft.understand(range.chunks, "enter", `${low} – ${high}`)
  else draft.assume("sign", "240 × 1h")
  if (count) draft.understand([count, ...wordsOfLines(chunks, chunks.indexOf(count))], "enter", `${lines} lines`)
  else draft.assume("steps", "10")
  draft.timeframe ??= "1h"
  const bounded = Math.max(2, Math.min(200, Math.round(lines ?? 10)))
  if (lines !== undefined && bounded !== lines) draft.assume("steps", bounded)
  const money = chunks.find((chunk) => chunk.kind === "amount" && chunk.unit === "money" && !chunk.isUsed)
  const each = moneyOfLine(chunks)
  const mostPercent = each && lineMoney(draft, each.value, bounded)
  if (each) draft.understand(each.chunks, "size", `${each.value} a line`)
  else if (money?.kind === "amount" && !draft.saidBalance) {
    draft.balanceQuote = money.value
    draft.saidBalance = true
    draft.understand([money], "size", `account ${money.value}`)
  }
  if (!each && draft.size?.kind === "quote") draft.assume("balance", Number(draft.size.amount))
  assumeMarket(draft)
  return {
    ...fixedGrid({
      markets: draft.markets,
      lines: bounded,
      ...(mostPercent !== undefined && { mostPercent }),
      ...(low !== undefined && high > low && { range: { low, high } }),
    }),
    timeframe: draft.timeframe,
  }
}

/** A grid has no conditions: "from 50k to 70k" is its range, and what else was read as one is not understood. */
function forgetRules(chunks: readonly Chunk[], draft: IdeaDraft) {
  const isRule = ({ meaning }: IdeaDraft["understood"][number]) => typeof meaning !== "string"
  const kept = draft.understood.filter((each) => !isRule(each))
  for (const { from, to } of draft.understood.filter(isRule))
    for (const chunk of chunks) if (from <= chunk.from && chunk.to <= to && isFree(chunk, kept)) chunk.isUsed = false
  draft.understood.splice(0, draft.understood.length, ...kept)
  draft.rules.length = 0
}

function isFree(chunk: Chunk, kept: IdeaDraft["understood"]): boolean {
  return !kept.some(({ from, to }) => from <= chunk.from && chunk.to <= to)
}

type GridRange = { chunks: Chunk[]; ends: number[] }

/** "From 50k to 70k", "lower price 120, upper price 180". */
export function rangeIn(chunks: readonly Chunk[]): GridRange | undefined {
  const range = chunks.find((chunk) => chunk.kind === "range")
  const ascending = (...ends: number[]) => ends.toSorted((a, b) => a - b)
  if (range?.kind === "range") return { chunks: [range], ends: ascending(range.low.value, range.high.value) }
  const [lower, upper] = [endAfter(chunks, "lower"), endAfter(chunks, "upper")]
  if (lower.length === 0 || upper.length === 0) return undefined
  const [low, high] = [lower, upper].map((words) => (words.at(-1) as Chunk & Amount).value)
  return { chunks: [...lower, ...upper], ends: ascending(low, high) }
}

/** "Lower price 120": the words up to the price. */
function endAfter(chunks: readonly Chunk[], name: "lower" | "upper"): Chunk[] {
  const at = chunks.findIndex((chunk) => isWord(chunk, name))
  const isPrice = (chunk: Chunk) => chunk.kind === "amount" && (chunk.unit === "plain" || chunk.unit === "money")
  const step = at < 0 ? -1 : chunks.slice(at + 1, at + 4).findIndex(isPrice)
  return step < 0 ? [] : chunks.slice(at, at + 2 + step)
}

/** The words beside the number of lines. */
/** "20 levels, $10 each", "$10 per grid": what one line is filled with. */
function moneyOfLine(chunks: readonly Chunk[]): { value: number; chunks: Chunk[] } | undefined {
  const at = chunks.findIndex((chunk, place) => {
    if (chunk.kind !== "amount" || chunk.unit !== "money") return false
    const [next, then] = [chunks[place + 1], chunks[place + 2]]
    const isEach =
      /^(each|apiece|jeweils|je|cada (uno|una|um|uma)?|cada|chacun|chacune|chaque|每 ?格|每 ?个|每 ?单)$/.test(
        next?.text ?? "",
      )
    return (
      isEach ||
      isWord(next, "perTrade") ||
      (isWord(next, "every", "for", "on") && isWord(then, "gridLine", "line", "grid"))
    )
  })
  const amount = chunks[at]
  if (amount?.kind !== "amount") return undefined
  const words = [chunks[at + 1], chunks[at + 2]].filter((chunk) =>
    isWord(chunk, "every", "perTrade", "gridLine", "line"),
  )
  return { value: amount.value, chunks: [amount, ...words] }
}

const USUAL_MOST_PERCENT = 80
const MOST_PERCENT = 95

/** The share of the account that all lines together take; without a balance, the account such a grid needs. */
function lineMoney(draft: IdeaDraft, each: number, lines: number): number {
  draft.size = undefined
  if (draft.balanceQuote === undefined) {
    draft.balanceQuote = Number(((each * lines * 100) / USUAL_MOST_PERCENT).toPrecision(6))
    draft.saidBalance = true
    draft.assume("balance", `${draft.balanceQuote} (${lines} × ${each} = ${USUAL_MOST_PERCENT} %)`)
    return USUAL_MOST_PERCENT
  }
  const percent = Number(((100 * each * lines) / draft.balanceQuote).toPrecision(6))
  if (percent > MOST_PERCENT) draft.ask("size")
  return Math.min(MOST_PERCENT, percent)
}

export function wordsOfLines(chunks: readonly Chunk[], at: number): Chunk[] {
  return [chunks[at + 1], chunks[at + 2]].filter((chunk) => isWord(chunk, "gridLine", "line"))
}

/** Whether a number counts lines. */
export function isLineCount(chunks: readonly Chunk[], at: number): boolean {
  return [at + 1, at + 2, at - 1].some((place) => isWord(chunks[place], "gridLine", "line", "grid"))
}
