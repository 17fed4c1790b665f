import { type Decimal, dividedBy, greatest, ONE } from "../decimal.ts"
import type { Account } from "./account.ts"

/**
 * What a purchase needs locked with its fee, where the exchange takes fees from the quote asset: the higher of its rates,
 * rounded up. Elsewhere the fee comes from what is received, and the cost is all.
 */
export function costWithFee(account: Account, cost: Decimal): Decimal {
  if (!account.paysFeesInQuote) return cost
  return cost + (cost * rateOf(account) + ONE - 1n) / ONE
}

/** What may be spent on coins, so that the fee still fits into the same amount. */
export function costWithin(account: Account, amount: Decimal): Decimal {
  return account.paysFeesInQuote ? dividedBy(amount, ONE + rateOf(account)) : amount
}

function rateOf({ makerRate, takerRate }: Account): Decimal {
  return greatest(makerRate, takerRate)
}
