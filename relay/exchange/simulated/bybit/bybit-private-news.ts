import type { Exchange } from "../exchange-state.ts"
import { isConditional } from "../matching/order.ts"
import type { VenueEvent } from "../venue.ts"
import { wallet } from "./bybit-account.ts"
import { executionRow } from "./bybit-execution.ts"
import { isShown, orderRow } from "./bybit-order.ts"

/** What an account hears on one topic. */
export type PrivateNews = { accountId: number; topic: "order" | "execution" | "wallet"; data: unknown[] }

type Execution = Extract<VenueEvent, { kind: "execution" }>

/** What Bybit's private topics say about something that happened. */
export function privateNewsOf({ state: { venue } }: Exchange, event: VenueEvent): PrivateNews[] {
  if (event.kind === "balances")
    return [{ accountId: event.account.id, topic: "wallet", data: [wallet(venue, event.account, event.assets)] }]
  if (event.kind !== "execution" || !isShown(venue, event.order)) return []
  const { accountId } = event.order
  const { fill, order } = event
  const rows = statusesOf(event).map((orderStatus) => ({ category: "spot", ...orderRow(venue, order), ...orderStatus }))
  const fills = fill ? [{ category: "spot", ...executionRow(venue, order, fill) }] : []
  return [
    ...fills.map((row): PrivateNews => ({ accountId, topic: "execution", data: [row] })),
    ...rows.map((row): PrivateNews => ({ accountId, topic: "order", data: [row] })),
  ]
}

/** A stop that has triggered is published twice: as triggered, and as an order. */
function statusesOf({ execution, order }: Execution): { orderStatus?: string }[] {
  const hasTriggered = execution === "NEW" && isConditional(order.type) && order.isWorking
  return hasTriggered ? [{ orderStatus: "Triggered" }, {}] : [{}]
}
