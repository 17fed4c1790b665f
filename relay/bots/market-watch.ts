import { isDeepStrictEqual } from "node:util"
import type { Market } from "../exchange/exchange.ts"
import { ExchangeUnreachable } from "../guard/exchange.ts"
import type { OpenedBot } from "./opened-bot.ts"

/** Compares a bot's markets with what its exchange lists, each time that list was read anew. */
export class MarketWatch {
  #seen: readonly Market[] | undefined

  constructor(private readonly opened: OpenedBot) {}

  /** Takes rules that have changed. Returns whether a market has gone or come back: the bot is opened anew then. */
  async look(): Promise<boolean> {
    const listed = await this.#listed()
    if (listed === undefined || listed === this.#seen) return false
    const markets = new Map(listed.map((market) => [market.name, market]))
    for (const desk of this.opened.desks) {
      const market = markets.get(desk.name)
      if ((market === undefined) !== desk.isGone) return true
      if (market && !isDeepStrictEqual(rulesIn(market), rulesIn(desk.facts.market)))
        await this.opened.takeRules(desk, market)
      // Whether it trades again is asked apart.
      if (market && !market.isOpen) desk.isTrading = false
    }
    this.#seen = listed
    return false
  }

  /** An exchange that does not answer has said nothing new. */
  async #listed(): Promise<readonly Market[] | undefined> {
    try {
      return await this.opened.account.listed()
    } catch (error) {
      if (error instanceof ExchangeUnreachable) return undefined
      throw error
    }
  }
}

/** Whether a market is open is no rule. */
function rulesIn(market: Market): Market {
  return { ...market, isOpen: true }
}
