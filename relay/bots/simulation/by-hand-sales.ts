import type { LogEntry } from "../../exchange/simulated/event-log.ts"
import type { Random } from "../../exchange/simulated/random.ts"
import { differenceActions } from "../difference-answers.ts"
import type { Story } from "./story.ts"

/** Begins the ids of orders that the owner places past the relay. */
export const HAND = "hand-"

/** What a bot's books gave up, or bought back, of what was sold by hand, or what its owner brought back. Base units. */
export type Settled = { holder: string; atMs: number; quantity: number; isBack: boolean }

/** In one story of four the owner cancels stops and sells by hand, and answers what is asked then. */
export function byHandTroubles(random: Random, troubledMs: number): Story["troubles"] {
  if (random.below(4) > 0) return []
  const pick = <One>(all: readonly One[]): One => all[random.below(all.length)]
  return Array.from({ length: 1 + random.below(3) }, () => {
    const atMs = random.below(troubledMs)
    const answer = { do: "answer", action: pick(differenceActions) } as const
    return [
      { atMs, trouble: { do: "sell-by-hand", share: pick([0.4, 0.5, 1]) } as const },
      { atMs: Math.min(troubledMs - 1, atMs + 15_000 + random.below(60_000)), trouble: answer },
    ]
  }).flat()
}

type GivenUp = Omit<Settled, "isBack">

/** The same as given up when it was sold, not when somebody noticed: the oldest sale by hand first. */
export function givenUpWhenSold(entries: readonly LogEntry[], settled: readonly Settled[]): GivenUp[] {
  const sales = salesByHand(entries)
  return settled.flatMap(({ holder, quantity, isBack, atMs }) => {
    const parts: GivenUp[] = isBack ? [{ holder, atMs, quantity: -quantity }] : []
    let left = quantity
    for (const sale of sales) {
      const part = holder.endsWith(` ${sale.symbol}`) ? Math.min(left, sale.quantity) : 0
      if (part <= 0) continue
      sale.quantity -= part
      left -= part
      // After all else of that moment: what was sold may have been bought in it.
      parts.push({ holder, atMs: sale.atMs + 1, quantity: part })
    }
    return parts
  })
}

/**
 * After a sale by hand nobody knows how much is there before it was looked for twice. Where a request lives
 * long, that takes longer than anything may be without a stop, also where the owner brings coins back.
 */
export function beingLookedFor(entries: readonly LogEntry[], fenceMs: number): [number, number][] {
  const moved = fenceMs > LONG_FENCE_MS ? [...salesByHand(entries), ...buysByHand(entries)] : salesByHand(entries)
  return moved.map(({ atMs }) => [atMs, atMs + fenceMs + LOOKS_MS])
}

/** Where a request lives longer, two looks take longer than anything may be without a stop. */
const LONG_FENCE_MS = 17_000

/** Until the first look, and what the second takes after the fence. */
const LOOKS_MS = 13_000

/** Sales by hand that nobody has asked about, and questions without one. */
export function byHandProblems(
  entries: readonly LogEntry[],
  { settled, asked, dustOf }: { settled: readonly Settled[]; asked: number; dustOf: (symbol: string) => number },
  { hasCoins }: Story,
): string[] {
  const sales = salesByHand(entries)
  if (asked > 0 && (hasCoins || sales.length === 0))
    return [`a false alarm: ${asked} questions about coins that are there`]
  if (hasCoins) return []
  return [...new Set(sales.map(({ symbol }) => symbol))].flatMap((symbol) => {
    const sold = sum(sales.filter((sale) => sale.symbol === symbol))
    const known = sum(settled.filter(({ holder, isBack }) => !isBack && holder.endsWith(` ${symbol}`)))
    const [least, most] = [sold - boughtByHand(entries, symbol) - dustOf(symbol) * 2, sold + dustOf(symbol) * 2]
    return known >= least && known <= most ? [] : [`${sold} ${symbol} were sold by hand, and the bots count ${known}`]
  })
}

function salesByHand(entries: readonly LogEntry[]) {
  return entries.flatMap((entry) => {
    if (entry.kind !== "event" || entry.event !== "TRADE") return []
    const { clientOrderId, symbol, fillQuantity } = entry.about
    return String(clientOrderId).startsWith(HAND)
      ? [{ atMs: entry.atMs, symbol: String(symbol), quantity: Number(fillQuantity) }]
      : []
  })
}

/** What the owner bought beside the bots, which a sale by hand takes first. */
function boughtByHand(entries: readonly LogEntry[], symbol: string): number {
  return sum(buysByHand(entries).filter((buy) => buy.symbol === symbol))
}

function buysByHand(entries: readonly LogEntry[]) {
  return entries.flatMap((entry) => {
    if (entry.kind !== "event" || entry.event !== "TRADE") return []
    const { side, clientOrderId, symbol, fillQuantity } = entry.about
    const isOwners = side === "BUY" && !String(clientOrderId).startsWith("cw")
    return isOwners ? [{ atMs: entry.atMs, symbol: String(symbol), quantity: Number(fillQuantity) }] : []
  })
}

function sum(parts: readonly { quantity: number }[]): number {
  return parts.reduce((total, { quantity }) => total + quantity, 0)
}
