import { MINUTE_MS } from "#engine/candles"
import type { Market } from "../exchange/exchange.ts"

/** So long after a refusal the exchange is not asked again. */
const ASK_AGAIN_MS = MINUTE_MS
/** The exchange counts from an average of minutes, we from the last price: what lies between. */
const MARGIN = 1.02

type Now = {
  market: Pick<Market, "priceBand">
  price: number
  steadyMs: number
}

/** How far below a market's price its exchange takes buys: what is further waits with us (trust.md, I9). */
export class PriceReach {
  #refused: { limitPrice: number; steadyMs: number } | undefined
  #toldOf = 0

  /** Whether the exchange takes no buy at this price yet. */
  isTooFar(limitPrice: number, { market, price, steadyMs }: Now): boolean {
    if (this.#refused && limitPrice <= this.#refused.limitPrice && steadyMs - this.#refused.steadyMs < ASK_AGAIN_MS)
      return true
    const from = market.priceBand && Number(market.priceBand.buy.from)
    return from !== undefined && price > 0 && limitPrice < price * from * MARGIN
  }

  /** The exchange has refused a buy at this price, by its own average. */
  refused(limitPrice: number, steadyMs: number): void {
    this.#refused = { limitPrice, steadyMs }
  }

  /** Whether the owner has yet to hear of this intent. */
  isNews(intent: number): boolean {
    const isNews = intent !== this.#toldOf
    this.#toldOf = intent
    return isNews
  }
}
