import { type Account, type Lock, tryLock } from "../account/account.ts"
import { costWithFee } from "../account/quote-fees.ts"
import { type Decimal, times } from "../decimal.ts"
import type { Market } from "../market/market.ts"
import type { Venue } from "../venue.ts"
import { previewMatch } from "./matching.ts"
import { hasLimit, isConditional, type Order, worstPrice } from "./order.ts"

type Needing = Pick<
  Order,
  "side" | "type" | "price" | "stopPrice" | "quantity" | "quoteQuantity" | "trailingDelta" | "bracket"
>

/**
 * Locks what the given orders need together (an OCO locks the larger of its legs); undefined when the account has too
 * little.
 */
export function lockFor(venue: Venue, accountId: number, market: Market, orders: Needing[]): Lock | undefined {
  const account = venue.account(accountId)
  const needs = orders.map((order) => needFor(account, market, order))
  const asset = orders[0].side === "SELL" ? market.rules.base : market.rules.quote
  return tryLock(
    account,
    asset,
    needs.reduce((most, need) => (need > most ? need : most)),
  )
}

function needFor(account: Account, market: Market, order: Needing): Decimal {
  if (order.side === "SELL") return order.quantity
  // What is given in quote has its fee inside.
  return order.quoteQuantity > 0n ? order.quoteQuantity : costWithFee(account, costOf(market, order))
}

function costOf(market: Market, order: Needing): Decimal {
  if (hasLimit(order.type)) return times(worstPrice(order), order.quantity)
  if (isConditional(order.type))
    return times(
      order.stopPrice > 0n ? order.stopPrice : trailed(market.lastPrice, order.trailingDelta),
      order.quantity,
    )
  return previewMatch(market.book, {
    side: "BUY",
    limit: undefined,
    left: order.quantity,
    budget: undefined,
    accountId: undefined,
    selfTrade: "NONE",
    stepSize: market.rules.stepSize,
  }).quote
}

function trailed(price: Decimal, delta: number): Decimal {
  return (price * BigInt(10_000 + delta)) / 10_000n
}
