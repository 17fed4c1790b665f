import type { Exchange } from "ccxt"
import type { PageAnswer, PageFailure, TimeRange, Timeframe } from "#engine/candles"
import { failureOf, unreachable } from "./venue-failure.ts"
import { tickerFrom, type VenueTicker } from "./venue-ticker.ts"
import { introduceMarket, listMarkets, type MarketName, type VenueMarket } from "./venue-market.ts"
import type { Venue } from "./venue.ts"

/**
 * Requests a path such as "/api/v3/klines?symbol=BTCUSDT" from an exchange: the text of a good answer (`dataIn`), or
 * `VenueFailure`. The caller decides the route.
 */
export type AskVenue = (path: string) => Promise<string>

/** Whose candles are asked for. */
export type CandleQuestion = { market: MarketName; timeframe: Timeframe }

/**
 * One exchange's public market data, through ccxt's client for it. Methods return failures instead of throwing them,
 * and never retry: the caller decides.
 */
export class VenueSource {
  private opened: Promise<Exchange> | undefined

  /** `load` imports ccxt's client, which weighs megabytes, on the first request. */
  constructor(
    readonly venue: Venue,
    private readonly load: () => Promise<Exchange>,
    private readonly askVenue: AskVenue,
  ) {}

  /** The time on the exchange's clock, UTC ms. */
  exchangeTime(): Promise<{ ok: true; timeMs: number } | PageFailure> {
    return this.ask(async (client) => {
      const timeMs = Number(await client.fetchTime())
      if (!Number.isFinite(timeMs)) throw unreachable("its clock gave no time")
      return { ok: true, timeMs }
    })
  }

  /** Its spot markets, the busiest first; `withVolumes` costs an extra request where the list lacks them. */
  markets({ withVolumes = true } = {}): Promise<{ ok: true; markets: VenueMarket[] } | PageFailure> {
    return this.ask(async (client) => ({ ok: true, markets: await listMarkets(this.venue, client, withVolumes) }))
  }

  /**
   * A page of candles opening from `fromMs` on, oldest first, the forming one included. Some exchanges return candles
   * beyond `toMs`.
   */
  page({ market, timeframe }: CandleQuestion, { fromMs, toMs, limit }: TimeRange & { limit: number }) {
    return this.ask<Extract<PageAnswer, { ok: true }>>(async (client) => {
      introduceMarket(client, market)
      const params = this.venue.staysInside ? { until: toMs - 1 } : {}
      return { ok: true, rows: await client.fetchOHLCV(market.symbol, timeframe, fromMs, limit, params) }
    })
  }

  /** Its last price and, where the exchange says them, the figures of the last 24 hours. */
  ticker(market: MarketName): Promise<{ ok: true; ticker: VenueTicker } | PageFailure> {
    return this.ask(async (client) => {
      introduceMarket(client, market)
      return { ok: true, ticker: tickerFrom(await client.fetchTicker(market.symbol)) }
    })
  }

  private async ask<Answer extends { ok: true }>(
    question: (client: Exchange) => Promise<Answer>,
  ): Promise<Answer | PageFailure> {
    try {
      return await question(await (this.opened ??= this.open()))
    } catch (error) {
      return failureOf(error)
    }
  }

  private async open(): Promise<Exchange> {
    try {
      const client = await this.load()
      prepare(client, this.askVenue)
      return client
    } catch (error) {
      // Such as a part of the app that failed to load: the next request tries again.
      this.opened = undefined
      throw error
    }
  }
}

/** Spot markets only, no retries, and every request through `ask`. */
function prepare(client: Exchange, ask: AskVenue): void {
  Object.assign(client.options, {
    maxRetriesOnFailure: 0,
    fetchMarkets: { types: ["spot"] },
    fetchCurrencies: false,
    fetchMargins: false,
  })
  client.has.fetchCurrencies = false
  client.fetch = async (address) => {
    const body = await ask(pathOf(address))
    // ccxt throws for the refusals that Bybit sends with HTTP 200.
    const response = { status: 200, statusText: "OK", headers: {}, text: async () => body }
    return client.handleRestResponse(response, address, "GET")
  }
}

/** "https://api.binance.com/api/v3/klines?x=1" asks for "/api/v3/klines?x=1", from whichever host. */
function pathOf(address: string): string {
  return address.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/#.*$/, "")
}
