import { MINUTE_MS } from "#engine/candles"
import type { Market } from "../exchange/exchange.ts"
import { PRICE_BAND } from "../guard/entry-check.ts"

/** So long after a refusal the exchange is not asked again. */
const ASK_AGAIN_MS = MINUTE_MS
/** The exchange counts from an average of minutes, we from the last price: what lies between. */
const MARGIN = 1.02

type Now = {
  market: Pick<Market, "priceBand">
  price: number
  steadyMs: number
}

/** How far below a market's price a buy may leave, and its exchange takes one: what is further waits with us (trust.md, I9). */
export class PriceReach {
  #refused: { limitPrice: number; steadyMs: number } | undefined
  #toldOf = 0

  /** Whether the exchange takes no buy at this price yet. */
  isTooFar(limitPrice: number, { market, price, steadyMs }: Now): boolean {
    if (this.#refused && limitPrice <= this.#refused.limitPrice && steadyMs - this.#refused.steadyMs < ASK_AGAIN_MS)
      return true
    const taken = Number(market.priceBand?.buy.from ?? 0) * MARGIN
    return price > 0 && limitPrice < price * Math.max(taken, 1 - PRICE_BAND)
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
