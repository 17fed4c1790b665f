import { ExchangeUnreachable } from "../guard/exchange.ts"

/** The exchange lists a market no longer: nothing can be bought, sold or protected there, however often it is tried. */
export class MarketGone extends ExchangeUnreachable {
  constructor(words: string) {
    super(words, "no-answer")
  }
}

export function goneWords(exchange: string, market: string): string {
  return `${goneFrom(exchange, market)}, so no order and no stop can be placed there. What is held is still on the account: look at the exchange what it offers for these coins, then stop this bot`
}

/** Whether a bot has halted because of this market. */
export function isGone(market: string, haltedBecause: string | null): boolean {
  return haltedBecause?.includes(goneFrom("", market)) ?? false
}

function goneFrom(exchange: string, market: string): string {
  return `${exchange} no longer trades ${market}`
}
