import type { Exchange } from "ccxt"
import type { PageAnswer, PageFailure, PageRequest, Timeframe } from "#engine/candles"
import { practiceVenue, realVenues, type Venue } from "./venue.ts"
import { failureOf, getPublic } from "./venue-request.ts"

export const candleVenueIds = ["binance", "bybit", "coinbase", "practice"] as const
export type CandleVenueId = (typeof candleVenueIds)[number]

/** An exchange candles can be fetched from, and how it differs from the others in that. */
export type CandleVenue = Venue & {
  /** ccxt's class; the Practice exchange speaks Binance's protocol. */
  dialect: "binance" | "bybit" | "coinbase"
  /** Questions under way at once: well below what the exchange allows to anybody. */
  parallel: number
  /** Answers never reach behind the stretch asked for, so that nothing tells how long a time without candles lasts. */
  staysInside: boolean
}

const practice = practiceVenue({
  rest: "http://localhost:8787/api/md/practice",
  stream: "ws://localhost:8787/api/md/practice/stream",
})

/** The exchange with this id. The practice one is asked through a relay that runs on the usual port. */
export function candleVenue(id: CandleVenueId): CandleVenue {
  const venue = realVenues.find((one) => one.id === id) ?? practice
  const dialect = id === "practice" ? "binance" : id
  return { ...venue, dialect, parallel: id === "coinbase" ? 3 : 4, staysInside: dialect !== "binance" }
}

export type CandleQuestion = { market: string; timeframe: Timeframe }

/** An exchange's public candles through ccxt. Every method answers failures instead of throwing them. */
export class CandleSource {
  readonly venue: CandleVenue
  readonly #client: Exchange
  #signal: AbortSignal | undefined

  /** Use `openCandleSource`. */
  constructor(venue: CandleVenue, client: Exchange, rest: string) {
    this.venue = venue
    this.#client = client
    Object.assign(client.options, {
      maxRetriesOnFailure: 0,
      fetchMarkets: { types: ["spot"] },
      fetchCurrencies: false,
      fetchMargins: false,
    })
    client.fetch = async (address) =>
      client.handleRestResponse(await getPublic(addressAt(rest, address), this.#signal), address, "GET")
  }

  /** Questions asked from now on end when this signal aborts. */
  endWith(signal: AbortSignal): void {
    this.#signal = signal
  }

  /** The time on the exchange's clock, UTC ms. */
  exchangeTime(): Promise<{ ok: true; timeMs: number } | PageFailure> {
    return this.#ask(async () => ({ ok: true as const, timeMs: Number(await this.#client.fetchTime()) }))
  }

  /** Whether the exchange has the market; if not, `others` are its markets of the same coin, by name. */
  market(market: string): Promise<{ ok: true; isThere: boolean; others: string[] } | PageFailure> {
    return this.#ask(async () => {
      const all = Object.values(await this.#client.loadMarkets()).filter((one) => one?.spot)
      const others = all.filter((one) => one!.base === market.split("/")[0]).map((one) => one!.symbol!)
      return { ok: true as const, isThere: others.includes(market), others: others.toSorted() }
    })
  }

  page({ market, timeframe }: CandleQuestion, { fromMs, toMs, limit }: PageRequest): Promise<PageAnswer> {
    const params = this.venue.staysInside ? { until: toMs - 1 } : {}
    return this.#ask(async () => ({
      ok: true as const,
      rows: await this.#client.fetchOHLCV(market, timeframe, fromMs, limit, params),
    }))
  }

  async #ask<Answer>(question: () => Promise<Answer>): Promise<Answer | PageFailure> {
    try {
      return await question()
    } catch (error) {
      return failureOf(error)
    }
  }
}

/**
 * Opens an exchange's public candles; `rest` is another address that answers like it. Questions keep to the
 * exchange's pace unless `isThrottled` is false. Nothing is
 * asked before the first call.
 */
export async function openCandleSource(
  id: CandleVenueId,
  rest?: string,
  { isThrottled = true } = {},
): Promise<CandleSource> {
  const venue = candleVenue(id)
  // It weighs 100 MB and half a second, which only those who fetch should pay.
  const { default: ccxt } = await import("ccxt")
  return new CandleSource(venue, new ccxt[venue.dialect]({ enableRateLimit: isThrottled }), rest ?? venue.rest[0])
}

/**
 * "https://api.binance.com/api/v3/klines?x=1" at another address. That may be given with Binance's "/api/v3", as
 * ccxt's users write it.
 */
function addressAt(rest: string, address: string): string {
  const { pathname, search } = new URL(address)
  return rest.replace(/\/(api\/v3)?\/?$/, "") + pathname + search
}
