import type { Exchange } from "ccxt"
import type { PageAnswer, PageFailure, TimeRange, Timeframe } from "#engine/candles"
import { failureOf, unreachable } from "./venue-failure.ts"
import { introduceMarket, listMarkets, type MarketName, type VenueMarket } from "./venue-market.ts"
import type { Venue } from "./venue.ts"

/**
 * Asks an exchange for what is behind a path such as "/api/v3/klines?symbol=BTCUSDT": the text of a good answer
 * (`dataIn`), or `VenueFailure`. How it gets there is the business of whoever runs this.
 */
export type AskVenue = (path: string) => Promise<string>

/** Whose candles are asked for. */
export type CandleQuestion = { market: MarketName; timeframe: Timeframe }

/**
 * One exchange's public market data, through ccxt's client for it. Every method answers failures instead of throwing
 * them, and nothing is retried in here: whoever asks decides.
 */
export class VenueSource {
  private opened: Promise<Exchange> | undefined

  /** `load` brings ccxt's client, which weighs megabytes, when the first question is asked. */
  constructor(
    readonly venue: Venue,
    private readonly load: () => Promise<Exchange>,
    private readonly askVenue: AskVenue,
  ) {}

  /** The time on the exchange's clock, UTC ms. */
  exchangeTime(): Promise<{ ok: true; timeMs: number } | PageFailure> {
    return this.ask(async (client) => {
      const timeMs = Number(await client.fetchTime())
      if (!Number.isFinite(timeMs)) throw unreachable("its clock tells no time")
      return { ok: true, timeMs }
    })
  }

  /** Its spot markets, the busiest first; `withVolumes` costs a question more where the list does not tell them. */
  markets({ withVolumes = true } = {}): Promise<{ ok: true; markets: VenueMarket[] } | PageFailure> {
    return this.ask(async (client) => ({ ok: true, markets: await listMarkets(this.venue, client, withVolumes) }))
  }

  /**
   * A page of candles opening from `fromMs` on, oldest first, the forming one included. Where answers do not stay
   * inside the stretch asked for they may reach behind `toMs`.
   */
  page({ market, timeframe }: CandleQuestion, { fromMs, toMs, limit }: TimeRange & { limit: number }) {
    return this.ask<Extract<PageAnswer, { ok: true }>>(async (client) => {
      introduceMarket(client, market)
      const params = this.venue.staysInside ? { until: toMs - 1 } : {}
      return { ok: true, rows: await client.fetchOHLCV(market.symbol, timeframe, fromMs, limit, params) }
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
      // Such as a part of the app that could not be fetched: the next question tries again.
      this.opened = undefined
      throw error
    }
  }
}

/** Spot markets only, nothing sent twice, and every question through `ask`. */
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
    // ccxt makes errors of the refusals that Bybit sends with HTTP 200.
    const response = { status: 200, statusText: "OK", headers: {}, text: async () => body }
    return client.handleRestResponse(response, address, "GET")
  }
}

/** "https://api.binance.com/api/v3/klines?x=1" asks for "/api/v3/klines?x=1", wherever that is then fetched. */
function pathOf(address: string): string {
  return address.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/#.*$/, "")
}
