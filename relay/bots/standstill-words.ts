import { plainTime } from "#engine/candles"
import type { NewEvent } from "../ledger/bot-event.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import type { MarketDesk } from "./market-desk.ts"

/** What a bot has in a market: base units, and where its stop waits; NaN where none does. */
export type InMarket = { held: number; stop: number }

type Told = { exchange: string; nextMs: number }

/** What a bot's owner hears of a market that stands still, and of one that goes on. */
export const standstillWords = {
  halted: (desk: MarketDesk, it: InMarket, { exchange, nextMs }: Told): NewEvent => ({
    kind: "problem",
    words: `${desk.name}: ${exchange} does not trade it now, so nothing can be bought, sold or moved there. ${haltedSafety(desk, it)} The bot goes on there by itself as soon as it trades again, which is looked at again and again, next at ${plainTime(nextMs)}.`,
    about: { market: desk.name, stands: "halted" },
  }),
  tradesAgain: ({ name }: MarketDesk): NewEvent => ({
    kind: "order",
    words: `${name}: it trades again, and the bot goes on there.`,
    about: { market: name, stands: "trading" },
  }),
  quiet: (desk: MarketDesk, it: InMarket, exchange: string): NewEvent => ({
    kind: "problem",
    words: `${desk.name}: no candle has come since the one that ended at ${plainTime(desk.heardMs)}, though ${exchange} says that it trades. Without candles the bot decides nothing there: no purchase, no sale by its rules, no stop that is moved. ${quietSafety(desk, it)} It goes on by itself with the next candle.`,
    about: { market: desk.name, stands: "quiet" },
  }),
  candlesAgain: ({ name }: MarketDesk): NewEvent => ({
    kind: "order",
    words: `${name}: candles come again, and the bot decides there again.`,
    about: { market: name, stands: "trading" },
  }),
}

function haltedSafety(desk: MarketDesk, { held, stop }: InMarket): string {
  if (held === 0) return "Nothing is held there."
  if (Number.isNaN(stop))
    return `The ${coins(desk, held)} held stay on the account, without a stop at the exchange until it trades again.`
  return `The ${coins(desk, held)} held stay on the account. Their stop stays where it is at the exchange, at ${desk.facts.price(stop)}, but sells nothing before it trades again, perhaps at a worse price.`
}

function quietSafety(desk: MarketDesk, { held, stop }: InMarket): string {
  if (held === 0) return "Nothing is held there."
  if (Number.isNaN(stop)) return `The ${coins(desk, held)} held have no stop at the exchange now.`
  return `The stop of the ${coins(desk, held)} held waits at the exchange at ${desk.facts.price(stop)}, and works.`
}

function coins({ facts }: MarketDesk, held: number): string {
  return `${decimalText(held)} ${facts.market.base}`
}
