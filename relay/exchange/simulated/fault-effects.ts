import type { Decimal } from "./decimal.ts"
import { runTaker } from "./execution.ts"
import { isOpen, leftOf } from "./order.ts"
import { orderAnswer } from "./order-answers.ts"
import { findOrder } from "./order-cancel.ts"
import { opposite } from "./order-book.ts"
import { Refusal } from "./refusal.ts"
import { runTriggers } from "./triggers.ts"
import type { Venue } from "./venue.ts"

/** Fills a resting order by the market, at its price, whatever stands before it in the queue: completely, or a given quantity of it. */
export function fillByMarket(venue: Venue, orderId: number, quantity?: Decimal): void {
  const order = venue.orders.get(orderId)
  const market = order && venue.market(order.symbol)
  if (!market || !isOpen(order) || !market.resting.has(orderId)) return
  const queue = market.book.side(order.side).flatMap((level) => level.queue)
  const ahead = queue
    .slice(
      0,
      queue.findIndex((one) => one.order === order),
    )
    .reduce((sum, one) => sum + one.left, 0n)
  const taker = {
    side: opposite(order.side),
    limit: order.price,
    left: ahead + (quantity ?? leftOf(order)),
    budget: undefined,
    accountId: undefined,
    selfTrade: "NONE" as const,
    stepSize: market.rules.stepSize,
  }
  runTaker(venue, market, taker, undefined)
  runTriggers(venue, market)
}

/** The order a cancel names, if there is one (F16 fills it before the cancel arrives). */
export function orderNamedIn(venue: Venue, accountId: number, all: Record<string, string>): number | undefined {
  const byNumber = Number(all.orderId ?? all.cancelOrderId ?? NaN)
  return venue.orders.has(byNumber) ? byNumber : venue.orderByClientId(accountId, all.symbol, all.origClientOrderId ?? all.cancelOrigClientOrderId ?? "")?.orderId
}

/** What a cancel-replace answers when only the cancel went through (F17). */
export function halfReplaced(venue: Venue, accountId: number, symbol: string, orderId: number): Refusal {
  const cancelResponse = orderAnswer(findOrder(venue, accountId, { symbol, orderId, clientOrderId: undefined }))
  const newOrderResponse = { code: -2010, msg: "Order would immediately match and take." }
  return new Refusal(-2021, "Order cancel-replace partially failed.", 409, { cancelResult: "SUCCESS", newOrderResult: "FAILURE", cancelResponse, newOrderResponse })
}
