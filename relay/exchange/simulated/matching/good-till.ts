import type { Market } from "../market/market.ts"
import type { Venue } from "../venue.ts"
import { endOrder } from "./execution.ts"
import { isOpen, type Order } from "./order.ts"

/** Ends the orders of a market whose last moment has come. */
export function expireDue(venue: Venue, market: Market): void {
  if (market.resting.size + market.waiting.size === 0) return
  const isDue = ({ goodTillMs }: Order) => goodTillMs !== undefined && goodTillMs <= venue.nowMs
  const resting = Array.from(market.resting.values()).flatMap(({ order }) => order ?? [])
  for (const order of [...resting, ...market.waiting].filter(isDue))
    if (isOpen(order)) endOrder(venue, order, "EXPIRED", "GOOD_TILL_DATE")
}
