import type { Timeframe } from "#engine/candles"
import { type CcxtClient, openRestClient } from "./ccxt-client.ts"
import { failureOf, VenueFailure } from "./venue-failure.ts"
import { type VenueId, type VenueListing, venueOf } from "./venue-list.ts"
import { introduceMarket, listVenueMarkets, type VenueMarket } from "./venue-market.ts"
import { VenueRequest, type VenueRoute } from "./venue-request.ts"

/** A candle as exchanges send them: open time in UTC ms, open, high, low, close, volume in base units. */
export type CandleRow = [number, number, number, number, number, number]

export type PageRequest = {
  market: Pick<VenueMarket, "symbol" | "id">
  timeframe: Timeframe
  fromMs: number
  limit: number
}

/** One exchange's public market data. For workers: a client weighs megabytes and parses on the thread it is on. */
export class Venue {
  readonly listing: VenueListing
  readonly #request: VenueRequest
  #client: Promise<CcxtClient> | undefined

  constructor(id: VenueId) {
    this.listing = venueOf(id)
    this.#request = new VenueRequest(this.listing)
  }

  /** How the exchange is reached; undefined until it has answered. */
  get route(): VenueRoute | undefined {
    return this.#request.route
  }

  /** Its spot markets, the busiest first. Throws `VenueFailure`. */
  async markets(): Promise<VenueMarket[]> {
    return this.#ask((client) => listVenueMarkets(this.listing, client))
  }

  /** The time on the exchange's clock, UTC ms. Throws `VenueFailure`. */
  async timeMs(): Promise<number> {
    return this.#ask(async (client) => (await client.fetchTime()) ?? Date.now())
  }

  /**
   * At most `limit` candles opening at or after `fromMs`, oldest first, the forming one included. Throws
   * `VenueFailure`.
   */
  async page({ market, timeframe, fromMs, limit }: PageRequest): Promise<CandleRow[]> {
    return this.#ask(async (client) => {
      introduceMarket(client, market)
      return (await client.fetchOHLCV(market.symbol, timeframe, fromMs, limit)) as CandleRow[]
    })
  }

  async #ask<Answer>(question: (client: CcxtClient) => Promise<Answer>): Promise<Answer> {
    this.#client ??= openRestClient(this.listing, this.#request)
    try {
      return await question(await this.#client)
    } catch (error) {
      throw new VenueFailure(failureOf(error))
    }
  }
}
