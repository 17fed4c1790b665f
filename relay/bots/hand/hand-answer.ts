import { quoted } from "#engine/candles"
import type { HandAnswer } from "../../ledger/hand-requests.ts"
import { isDoubtful, type OwnOrder } from "../../ledger/own-order.ts"

/** An order by hand and the stop it brought along, as they stand. */
export type ViewedByHand = { order: OwnOrder; stop: OwnOrder | null; changed: string[]; words: string }

export function handAnswer(order: OwnOrder, stop: OwnOrder | undefined, changed: string[]): HandAnswer {
  if (order.status === "refused")
    return { status: 422, body: { error: refusedWords(order), code: "refused-by-exchange" } }
  const body: ViewedByHand = { order, stop: stop ?? null, changed, words: words(order, stop) }
  return { status: isDoubtful(order) ? 202 : 201, body }
}

function refusedWords({ reason = "" }: OwnOrder): string {
  return `The exchange did not take the order: ${quoted(reason, 200)}. Nothing was traded. Change it and send it again with a new Idempotency-Key.`
}

function words(order: OwnOrder, stop: OwnOrder | undefined): string {
  const { status, side, filledQuantity, quantity, market } = order
  const did = side === "buy" ? "Bought" : "Sold"
  const along = stop?.status === "open" ? ` Its stop waits at ${stop.stopPrice}.` : ""
  if (isDoubtful(order))
    return "Nobody knows yet whether the exchange took it. It is being asked; the order is not sent again."
  if (status === "filled") return `${did} ${filledQuantity} ${market}.${along}`
  if (status === "open" || status === "waiting") return `The order waits at the exchange.`
  if (Number(filledQuantity) > 0)
    return `${did} ${filledQuantity} of ${quantity} ${market}; the rest has ended.${along}`
  if (status === "expired") return "Nothing was traded: the price went away. Send it again with a new Idempotency-Key."
  return "The order has ended; nothing was traded."
}
