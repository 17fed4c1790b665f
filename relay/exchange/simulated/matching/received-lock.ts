import { type Account, balanceOf, type Commission, topUp } from "../account/account.ts"
import type { Venue } from "../venue.ts"
import type { Order } from "./order.ts"

/**
 * Locks what the entry of an OPO list has just received: its exits sell exactly that. The commission comes from what
 * is free besides, where that is enough and the asset is not BNB; otherwise from what was received.
 * Source: https://developers.binance.com/docs/binance-spot-api-docs/faqs/opo
 */
export function keepForExits(
  venue: Venue,
  order: Order,
  { account, received, commission }: { account: Account; received: Commission; commission: Commission },
): void {
  const list = venue.lists.get(order.listId)
  if (!list?.paid || list.phaseOneId !== order.orderId) return
  const isOwn = commission.asset === received.asset
  const isPaidBesides =
    !list.isNet && received.asset !== "BNB" && balanceOf(account, received.asset).free >= received.amount
  topUp(account, list.paid, isOwn && !isPaidBesides ? received.amount - commission.amount : received.amount)
}
