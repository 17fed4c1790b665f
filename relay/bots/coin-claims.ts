import type { Balance } from "../exchange/exchange.ts"
import { isResting, leftOf, type OwnOrder } from "../ledger/own-order.ts"
import type { OpenedBot } from "./opened-bot.ts"

/** What one market of a bot says is its own of a coin. Base units. */
export type CoinClaim = {
  botId: string
  market: string
  held: number
  /** What its resting sales lock. */
  locked: number
  /** What of it is known to be missing. */
  missing: number
  /** Nothing of it is on its way: no order whose end or fills nobody knows yet. */
  isSettled: boolean
}

/**
 * How much of a coin is there for each claim. What a bot's own sales lock is certainly its own; what is free goes to
 * the others in their order, those last that lack something already. More than all claims together is the owner's.
 */
export function sharesOf(
  claims: readonly CoinClaim[],
  { free, locked }: { free: number; locked: number },
): Map<CoinClaim, number> {
  const secured = (claim: CoinClaim) => Math.min(claim.held, claim.locked)
  const ownLocked = Math.min(
    locked,
    claims.reduce((sum, claim) => sum + claim.locked, 0),
  )
  let left = free + ownLocked - claims.reduce((sum, claim) => sum + secured(claim), 0)
  const shares = new Map<CoinClaim, number>()
  for (const claim of claims.toSorted((one, other) => Number(one.missing > 0) - Number(other.missing > 0))) {
    const more = Math.max(0, Math.min(claim.held - secured(claim), left))
    left -= more
    shares.set(claim, secured(claim) + more)
  }
  return shares
}

/** Names what all claims hold: balances read twice are only compared while it stays. */
export function claimsName(claims: readonly CoinClaim[]): string {
  return claims.map((claim) => `${nameOf(claim)} ${claim.held}`).join("|")
}

export function nameOf({ botId, market }: Pick<CoinClaim, "botId" | "market">): string {
  return `${botId} ${market}`
}

/** What an account has of a coin. */
export function coinsOf(balances: readonly Balance[], coin: string): { free: number; locked: number } {
  const found = balances.find(({ asset }) => asset === coin)
  return { free: Number(found?.free ?? 0), locked: Number(found?.locked ?? 0) }
}

/** What a bot claims of a coin, market by market. */
export function claimsOf(opened: OpenedBot, coin: string): CoinClaim[] {
  const { desks, orders, parts } = opened
  const own = desks.filter(({ facts }) => facts.market.base === coin)
  return own.map((desk) => {
    const open = orders.of(desk.name)
    const sales = open.filter((order) => order.side === "sell" && isResting(order))
    return {
      botId: parts.bot.id,
      market: desk.name,
      held: opened.held(desk),
      locked: sales.reduce((sum, order) => sum + leftOf(order), 0),
      missing: desk.missing,
      isSettled: open.every((order) => isStill(order, open, orders.booked)),
    }
  })
}

/** Nothing of it is on its way: it rests, and all it has filled is booked, or waits for an entry that has not begun. */
function isStill(order: OwnOrder, all: readonly OwnOrder[], booked: (order: OwnOrder) => number): boolean {
  if (order.status === "waiting")
    return !all.some((other) => other.listId === order.listId && Number(other.filledQuantity) > 0)
  return isResting(order) && isAlmost(Number(order.filledQuantity), booked(order))
}

/** Equal but for what binary numbers lose. */
export function isAlmost(one: number, other: number): boolean {
  return Math.abs(one - other) <= Math.max(Math.abs(one), Math.abs(other)) * 1e-9
}
