import { type Decimal, floorTo } from "../decimal.ts"
import { runTaker } from "../matching/execution.ts"
import type { Market } from "../market/market.ts"
import { isOpen, leftOf, type Order } from "../matching/order.ts"
import { orderAnswer } from "../protocol/order-answers.ts"
import { findOrder } from "../matching/order-cancel.ts"
import { opposite } from "../matching/order-book.ts"
import { Refusal } from "../refusal.ts"
import { runTriggers } from "../matching/triggers.ts"
import type { Venue } from "../venue.ts"

/**
 * Fills a resting order by the market, at its price, ahead of its queue: completely, or a given quantity of it, in
 * one trade or in several at the same moment (F54).
 */
export function fillByMarket(
  venue: Venue,
  orderId: number,
  { quantity, pieces = 1 }: { quantity?: Decimal; pieces?: number } = {},
): void {
  const order = venue.orders.get(orderId)
  const market = order && venue.market(order.symbol)
  if (!market || !isOpen(order) || !market.resting.has(orderId)) return
  const wanted = quantity ?? leftOf(order)
  const piece = floorTo(wanted / BigInt(pieces), market.rules.stepSize)
  if (piece > 0n) for (let made = 1; made < pieces; made++) takeFrom(venue, market, order, piece)
  takeFrom(venue, market, order, wanted - piece * BigInt(pieces - 1))
  runTriggers(venue, market)
}

function takeFrom(venue: Venue, market: Market, order: Order, quantity: Decimal): void {
  const queue = market.book.side(order.side).flatMap((level) => level.queue)
  const before = queue.slice(
    0,
    Math.max(
      0,
      queue.findIndex((one) => one.order === order),
    ),
  )
  const ahead = before.reduce((sum, one) => sum + one.left, 0n)
  const taker = {
    side: opposite(order.side),
    limit: order.price,
    left: ahead + quantity,
    budget: undefined,
    accountId: undefined,
    selfTrade: "NONE" as const,
    stepSize: market.rules.stepSize,
  }
  runTaker(venue, market, taker, undefined)
}

/** The order a cancel names, if it exists (F16 fills it before the cancel arrives). */
export function orderNamedIn(venue: Venue, accountId: number, all: Record<string, string>): number | undefined {
  const byNumber = Number(all.orderId ?? all.cancelOrderId ?? NaN)
  return venue.orders.has(byNumber)
    ? byNumber
    : venue.orderByClientId(accountId, all.symbol, all.origClientOrderId ?? all.cancelOrigClientOrderId ?? "")?.orderId
}

/** The answer of a cancel-replace when only the cancel went through (F17). */
export function halfReplaced(venue: Venue, accountId: number, symbol: string, orderId: number): Refusal {
  const cancelResponse = orderAnswer(findOrder(venue, accountId, { symbol, orderId, clientOrderId: undefined }))
  const newOrderResponse = { code: -2010, msg: "Order would immediately match and take." }
  return new Refusal(-2021, "Order cancel-replace partially failed.", 409, {
    cancelResult: "SUCCESS",
    newOrderResult: "FAILURE",
    cancelResponse,
    newOrderResponse,
  })
}
