import type { LiveRules } from "#engine/run"
import type { Market } from "../exchange/exchange.ts"
import { ExchangeUnreachable } from "../guard/exchange.ts"
import { decimalText } from "../ledger/decimal-text.ts"

/** The exchange lists a market no longer: nothing can be bought, sold or protected there, however often it is tried. */
export class MarketGone extends ExchangeUnreachable {
  constructor(words: string) {
    super(words, "no-answer")
  }
}

/** For a bot that trades nothing else. */
export function goneWords(exchange: string, market: string): string {
  return `${stuckWords(exchange, market)}, then stop this bot`
}

/** For what is held there. */
export function stuckWords(exchange: string, market: string): string {
  return `${exchange} no longer trades ${market}, so no order and no stop can be placed there. What is held is still on the account: look at the exchange what it offers for these coins`
}

/** A market that is gone, by the last rules that were heard of it: what is held there goes on counting. */
export function goneMarket(name: string, { minNotional, quantityStep, priceTick }: LiveRules): Market {
  const [base, quote] = name.split("/")
  return {
    name,
    base,
    quote,
    isOpen: false,
    priceStep: decimalText(priceTick),
    quantityStep: decimalText(quantityStep),
    minQuantity: undefined,
    maxQuantity: undefined,
    minNotional: decimalText(minNotional),
    can: { orderKinds: [], protect: undefined, pair: false, replace: false, amend: false },
    marketOrders: { quantityStep: undefined, maxQuantity: undefined },
    priceBand: undefined,
    maxOpenOrders: undefined,
    maxWaitingStops: undefined,
  }
}
