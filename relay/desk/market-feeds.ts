import {
  type LiveVenue,
  type MarketName,
  type PriceEvent,
  SharedCandles,
  type Venue,
  type VenueId,
  type VenueSource,
  venueOf,
} from "#venues"
import { openLiveVenue } from "../door/open-live-venue.ts"
import { openVenue } from "../door/open-venue.ts"
import type { Surroundings } from "../surroundings.ts"
import { paperOf, practiceOf, type Reachable } from "./venue-ways.ts"

/** Whose prices: an exchange's, or those of our own book that follows Binance. */
export type FeedId = VenueId | "paper"

export type MarketFeedsDeps = Reachable & {
  surroundings: Surroundings
  /** Receives our own bugs. */
  onBug: (error: unknown) => void
}

type Feed = { source: VenueSource; live: LiveVenue; candles: SharedCandles }

/** Live prices and candles of every exchange: each over one connection, opened at first use and shared by all bots. */
export class MarketFeeds {
  readonly #feeds = new Map<FeedId, Feed>()

  constructor(private readonly deps: MarketFeedsDeps) {}

  /** Its closed candles. Throws a `Refusal` for the practice exchange while it does not run. */
  candles(venue: FeedId): SharedCandles {
    return this.#feed(venue).candles
  }

  /** Its public market data, for questions. Throws as `candles`. */
  source(venue: FeedId): VenueSource {
    return this.#feed(venue).source
  }

  /** Where its public market data comes from. */
  origin(venue: FeedId): string {
    return this.#ownAddresses(venue)?.rest ?? venueOf(venueIdOf(venue)).rest[0]
  }

  /** Calls with every price of a market, until you call the returned function. Throws as `candles`. */
  watchPrice(venue: FeedId, market: MarketName, listener: (price: PriceEvent) => void): () => void {
    return this.#feed(venue).live.watchPrice(market, listener)
  }

  /** The exchange's name of a market ("BTC/USDT"); undefined when it is no name. Whether there is one, it does not say. */
  market(venue: FeedId, symbol: string): MarketName | undefined {
    const [, base, quote] = /^([A-Z0-9]{1,20})\/([A-Z0-9]{1,20})$/.exec(symbol) ?? []
    if (base === undefined) return undefined
    return { symbol, id: venueOf(venueIdOf(venue)).dialect === "coinbase" ? `${base}-${quote}` : base + quote }
  }

  close(): void {
    for (const { live } of this.#feeds.values()) live.close()
    this.#feeds.clear()
  }

  #feed(id: FeedId): Feed {
    const known = this.#feeds.get(id)
    if (known) return known
    const opened = this.#open(id)
    const feed = { ...opened, candles: new SharedCandles(opened.live) }
    this.#feeds.set(id, feed)
    return feed
  }

  #open(id: FeedId): Omit<Feed, "candles"> {
    const { surroundings, onBug } = this.deps
    const { rest, stream } = this.#ownAddresses(id) ?? {}
    const source = openVenue(venueIdOf(id), { rest, isThrottled: rest === undefined })
    const addresses = stream === undefined ? undefined : [stream + source.venue.streamPath]
    return { source, live: openLiveVenue(source, { surroundings, onBug, addresses }) }
  }

  /** An exchange as this relay knows it: with its stand-in, where it has one. */
  venue(id: VenueId): Venue {
    return this.deps.venues.find((venue) => venue.id === id) ?? venueOf(id)
  }

  /** Where it is on this computer; undefined for a real exchange. */
  #ownAddresses(id: FeedId): { rest: string; stream: string } | undefined {
    if (id === "practice" || id === "paper") {
      const { pages } = id === "paper" ? paperOf(this.deps, "binance") : practiceOf(this.deps)
      return { rest: pages, stream: pages.replace("http:", "ws:") }
    }
    return standInOf(this.venue(id))
  }
}

function venueIdOf(id: FeedId): VenueId {
  return id === "paper" ? "binance" : id
}

function standInOf(venue: Venue): { rest: string; stream: string } | undefined {
  return venue.standIn && { rest: venue.rest[0], stream: venue.standIn.stream }
}
