import { type Lock, releaseTo } from "../account/account.ts"
import { type Decimal, floorTo, least } from "../decimal.ts"
import { Refusal } from "../refusal.ts"
import type { Venue } from "../venue.ts"
import { hasLimit, type Order } from "./order.ts"
import { checkFilters } from "./order-checks.ts"

/**
 * Sizes the exits of an OPO list by what its entry received, on the market's step, and frees the rest. Undefined, and
 * nothing changes, when the market would not take such exits.
 */
export function sizeExits(venue: Venue, exits: Order[], paid: Lock): Lock | undefined {
  const sizes = exits.map((order) => sizeFor(venue, order, paid.amount))
  if (exits.some((order, index) => !isTaken(venue, { ...order, quantity: sizes[index] }))) return undefined
  exits.forEach((order, index) => (order.quantity = sizes[index]))
  releaseTo(
    venue.account(exits[0].accountId),
    paid,
    sizes.reduce((most, size) => (size > most ? size : most)),
  )
  return paid
}

function sizeFor(venue: Venue, { symbol, type }: Order, received: Decimal): Decimal {
  const { stepSize, maxQuantity, maxMarketQuantity } = venue.market(symbol).rules
  const most = hasLimit(type) ? maxQuantity : least(maxQuantity, maxMarketQuantity)
  return floorTo(least(received, most), stepSize)
}

function isTaken(venue: Venue, order: Order): boolean {
  try {
    checkFilters(venue, order)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
