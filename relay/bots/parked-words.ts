import type { NewEvent } from "../ledger/bot-event.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import type { MarketDesk } from "./market-desk.ts"

type Place = { bot: string; exchange: string }

/** What a bot's owner hears of a market that its exchange lists no longer. */
export const parkedWords = {
  gone: ({ name, facts }: MarketDesk, held: number, { bot, exchange }: Place): NewEvent => ({
    kind: "problem",
    words: `${bot}: ${exchange} no longer trades ${name}, so this bot does nothing there any more. ${heldWords(held, facts.market.base, exchange)} Its other markets go on, and so does this one once ${exchange} lists it again.`,
    about: { market: name },
  }),
  back: ({ name }: MarketDesk, { bot, exchange }: Place): NewEvent => ({
    kind: "order",
    words: `${bot}: ${exchange} lists ${name} again, and the bot goes on there.`,
    about: { market: name },
  }),
  unsold: ({ name, facts }: MarketDesk, held: number, exchange: string): NewEvent => ({
    kind: "problem",
    words: `${name}: ${decimalText(held)} ${facts.market.base} cannot be sold, since ${exchange} no longer trades ${name}. They stay on the account: look at ${exchange} what it offers for them.`,
    about: { market: name },
  }),
}

function heldWords(held: number, base: string, exchange: string): string {
  if (held === 0) return "Nothing is held there."
  return `The ${decimalText(held)} ${base} held there stay on the account, without a stop: look at ${exchange} what it offers for them.`
}
