import type { NewEvent } from "../ledger/bot-event.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import { listed } from "./held-words.ts"
import type { MarketDesk } from "./market-desk.ts"

type Place = { bot: string; exchange: string; isHalted: boolean }

/** What cannot be sold any more, base units. */
export type Unsold = { desk: MarketDesk; held: number }

/** What a bot's owner hears of a market that its exchange lists no longer. */
export const parkedWords = {
  gone: ({ name, facts }: MarketDesk, held: number, { bot, exchange }: Place): NewEvent => ({
    kind: "problem",
    words: `${bot}: ${exchange} no longer trades ${name}, so this bot does nothing there any more. ${heldWords(held, facts.market.base, exchange)} Its other markets go on, and so does this one once ${exchange} lists it again.`,
    about: { market: name },
  }),
  back: ({ name }: MarketDesk, { bot, exchange, isHalted }: Place): NewEvent => ({
    kind: "order",
    words: `${bot}: ${exchange} lists ${name} again${isHalted ? ". What is held there is protected again; nothing is bought until you resume the bot." : ", and the bot goes on there."}`,
    about: { market: name },
  }),
  unsold: ({ desk: { name, facts }, held }: Unsold, exchange: string): NewEvent => ({
    kind: "problem",
    words: `${name}: ${decimalText(held)} ${facts.market.base} cannot be sold, since ${exchange} no longer trades ${name}. They stay on the account: look at ${exchange} what it offers for them.`,
    about: { market: name },
  }),
}

/** How a bot ended that had all sold; with what of it stays. */
export function endWords(unsold: readonly Unsold[], end: string): string {
  if (unsold.length === 0) return `Nothing is held any more; ${end}.`
  const left = unsold.map(({ desk, held }) => `${decimalText(held)} ${desk.facts.market.base}`)
  return `All that can be sold is sold; ${end}. What cannot be sold stays on the account without a stop: ${listed(left)}, since the exchange no longer trades ${listed(unsold.map(({ desk }) => desk.name))}.`
}

function heldWords(held: number, base: string, exchange: string): string {
  if (held === 0) return "Nothing is held there."
  return `The ${decimalText(held)} ${base} held there stay on the account, without a stop: look at ${exchange} what it offers for them.`
}
