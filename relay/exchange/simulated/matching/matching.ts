import { type Decimal, dividedBy, floorTo, least, times } from "../decimal.ts"
import type { SelfTradeMode, Side } from "./order.ts"
import { crosses, opposite, type OrderBook, type Resting } from "./order-book.ts"

/** Someone taking from the book. */
export type Taker = {
  side: Side
  /** Worst acceptable price; undefined takes any. */
  limit: Decimal | undefined
  left: Decimal
  /** Quote it may still spend; undefined for no limit. */
  budget: Decimal | undefined
  /** Undefined for the market itself. */
  accountId: number | undefined
  selfTrade: SelfTradeMode
  stepSize: Decimal
}

export type Match = { maker: Resting; price: Decimal; quantity: Decimal }

/** One trade, an own order met, or nothing left to do. */
export type MatchStep = { kind: "trade"; match: Match } | { kind: "self"; maker: Resting } | { kind: "done" }

/**
 * The next thing that happens when `taker` meets the book. Changes the book for a trade; the caller settles it and
 * reduces the taker.
 */
export function nextMatch(book: OrderBook, taker: Taker): MatchStep {
  const maker = book.best(opposite(taker.side))
  if (!maker || !crosses(taker.side, taker.limit, maker.price)) return { kind: "done" }
  if (isSelfTrade(maker, taker)) return { kind: "self", maker }
  const quantity = least(affordable(taker, maker.price), maker.left)
  if (quantity === 0n) return { kind: "done" }
  maker.left -= quantity
  if (maker.left === 0n) book.remove(maker)
  return { kind: "trade", match: { maker, price: maker.price, quantity } }
}

/** Quantity and quote a taker would get now, walking the book without changing it. */
export function previewMatch(book: OrderBook, taker: Taker): { quantity: Decimal; quote: Decimal } {
  const sum = { quantity: 0n, quote: 0n }
  for (const level of book.side(opposite(taker.side))) {
    if (!crosses(taker.side, taker.limit, level.price)) break
    for (const maker of level.queue) {
      const rest = {
        ...taker,
        left: taker.left - sum.quantity,
        budget: taker.budget === undefined ? undefined : taker.budget - sum.quote,
      }
      const quantity = isSelfTrade(maker, taker) ? 0n : least(affordable(rest, level.price), maker.left)
      sum.quantity += quantity
      sum.quote += times(level.price, quantity)
    }
  }
  return sum
}

function affordable(taker: Taker, price: Decimal): Decimal {
  if (taker.budget === undefined) return taker.left
  return least(taker.left, floorTo(dividedBy(taker.budget, price), taker.stepSize))
}

function isSelfTrade(maker: Resting, taker: Taker): boolean {
  return taker.selfTrade !== "NONE" && maker.order !== undefined && maker.order.accountId === taker.accountId
}
