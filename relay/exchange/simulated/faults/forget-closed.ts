import type { Exchange } from "../exchange-state.ts"
import { isOpen } from "../matching/order.ts"

/** The exchange starts again: what has closed until now is in its history only, not in lists of the newest orders. */
export function forgetClosed({ closedBefore, state: { venue } }: Pick<Exchange, "closedBefore" | "state">): void {
  for (const order of venue.orders.values()) if (!isOpen(order)) closedBefore.add(order)
}
