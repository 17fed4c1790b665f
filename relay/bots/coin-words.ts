import { decimalText } from "../ledger/decimal-text.ts"
import type { NewEvent } from "../ledger/bot-event.ts"
import { type Difference, missingIn } from "../ledger/difference.ts"
import type { OwnOrder } from "../ledger/own-order.ts"
import type { HandSale } from "./hand-sale.ts"
import type { MarketDesk } from "./market-desk.ts"

// Coins that are not where a bot thinks they are, in words for its owner.

const amount = (market: string, quantity: number) => `${decimalText(quantity)} ${market.split("/")[0]}`

/** What the exchange says and what the bot says, and the question that follows. */
export function differenceWords(difference: Difference): string {
  const { market, botQuantity, exchangeQuantity, soldQuantity } = difference
  if (soldQuantity > 0)
    return `Orders of this Candlewright that the restored backup does not know sold ${amount(market, soldQuantity)} of the ${amount(market, botQuantity)} that this bot says it holds. Other coins of the account are yours and stay where they are. Do they count as sold?`
  const missing = amount(market, missingIn(difference))
  return `The exchange has ${amount(market, exchangeQuantity)} for this bot, the bot says ${amount(market, botQuantity)}. Did you sell or move ${missing} by hand?`
}

type Bought = { quantity: number; price: number; restored: number }

export const coinWords = {
  /** `back`: what has come back of more that was missing before. */
  missing: (desk: MarketDesk, is: Difference, back: number): NewEvent => ({
    kind: "problem",
    words: `${desk.name}: ${lowered(differenceWords(is))} Until you answer in the reconcile inbox, nothing is bought here, and only what is there is protected and sold.`,
    about: { difference: is.id, ...(back > 0 && { backByHand: decimalText(back) }) },
  }),
  back: (desk: MarketDesk, held: number, missing: number): NewEvent => ({
    kind: "status",
    words: `${desk.name}: the exchange has all ${amount(desk.name, held)} of this bot again. It goes on as before.`,
    about: { backByHand: decimalText(missing) },
  }),
  adopted: (desk: MarketDesk, missing: number, { price, isFound }: HandSale): NewEvent => ({
    kind: "status",
    words: `${desk.name}: ${amount(desk.name, missing)} count as sold by hand at ${decimalText(price)}${isFound ? ", as the exchange's own trades say" : ", the last price, because the exchange shows no sale of them"}.`,
    about: { settledByHand: decimalText(missing) },
  }),
  ignored: (desk: MarketDesk, missing: number): NewEvent => ({
    kind: "status",
    words: `${desk.name}: the bot goes on counting the ${amount(desk.name, missing)} that are not there. It buys nothing here and sells only what is there, until they are back.`,
  }),
  buyingBack: (desk: MarketDesk, quantity: number): NewEvent => ({
    kind: "status",
    words: `${desk.name}: its owner wants ${amount(desk.name, quantity)} bought back.`,
  }),
  boughtBack: (desk: MarketDesk, { clientOrderId }: OwnOrder, { quantity, price, restored }: Bought): NewEvent => ({
    kind: "fill",
    words: `${desk.name}: bought back ${amount(desk.name, quantity)} at ${decimalText(price)}. The bot's results go on as if they had never been sold.`,
    about: { order: clientOrderId, settledByHand: decimalText(restored) },
  }),
}

function lowered(sentence: string): string {
  return sentence[0].toLowerCase() + sentence.slice(1)
}
