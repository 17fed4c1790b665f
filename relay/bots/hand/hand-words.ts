import { quoted } from "#engine/candles"
import type { Refused } from "../../exchange/exchange.ts"
import type { NewEvent } from "../../ledger/bot-event.ts"
import type { OwnOrder } from "../../ledger/own-order.ts"

/** What happened to orders by hand that nobody's hand did, in words for their owner. */
export const handWords = {
  refused: ({ market, side, quantity }: Pick<OwnOrder, "market" | "side" | "quantity">, because: string): NewEvent => ({
    kind: "refusal",
    words: `An order by hand to ${side} ${quantity} ${market}: ${because}`,
    about: { market, side, because },
  }),
  killed: (order: OwnOrder): NewEvent => ({
    kind: "risk",
    words: `The kill switch is on: the order by hand to ${deedOf(order)} was cancelled. ${boughtBefore(order)} Order again once the switch is released.`,
    about: { order: order.clientOrderId },
  }),
  notKilled: (order: OwnOrder, { message }: Refused): NewEvent => ({
    kind: "problem",
    words: `The kill switch is on, and the exchange did not cancel the order by hand to ${deedOf(order)} (${quoted(message, 200)}). It is tried again each second; cancel it at the exchange if this lasts.`,
    about: { order: order.clientOrderId },
  }),
}

function deedOf({ quantity, market, price }: OwnOrder): string {
  return `buy ${quantity} ${market}${price === undefined ? "" : ` at ${price}`}`
}

function boughtBefore({ filledQuantity, listId, market }: OwnOrder): string {
  if (Number(filledQuantity) === 0) return "Nothing of it was bought."
  const stop = listId === undefined ? "" : ` Its stop ended with it: place one by hand, or sell.`
  return `${filledQuantity} ${market} had been bought before and stays.${stop}`
}
