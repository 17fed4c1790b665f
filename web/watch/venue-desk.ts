import { pageFailureInWords } from "#engine/candles"
import { failureOf } from "../venue/venue-failure.ts"
import { type VenueId, venueOf } from "../venue/venue-list.ts"
import { type CandleRow, Venue } from "../venue/venue.ts"
import type { AskHistory, HistoryAnswer } from "./chart-feed.ts"
import type { LiveCandle } from "./live-candle.ts"
import { streamAddresses } from "./stream-address.ts"
import { type StreamEvent, type StreamTopic, streamDialects } from "./stream-dialect.ts"
import { type LineState, StreamLine } from "./stream-line.ts"
import type { WatchedMarket } from "./watched-market.ts"

type VenueDeskOptions = { id: VenueId; onEvent: (event: StreamEvent) => void; onState: (line: LineState) => void }

/** Everything asked of one exchange for the watchlist: its stream and its history. */
export class VenueDesk {
  readonly #venue: Venue
  readonly #line: StreamLine

  constructor({ id, onEvent, onState }: VenueDeskOptions) {
    this.#venue = new Venue(id)
    this.#line = new StreamLine({
      addresses: streamAddresses(id, location.origin),
      dialect: streamDialects[venueOf(id).dialect],
      onEvent,
      onState,
    })
  }

  /** Listens to these and no others. */
  want(topics: StreamTopic[]): void {
    this.#line.want(topics)
  }

  retryNow(): void {
    this.#line.retryNow()
  }

  /** Asks candles of one market. Never throws: why there are none is an answer. */
  historyOf({ symbol, marketId }: WatchedMarket): AskHistory {
    return async ({ timeframe, fromMs, limit }) => {
      try {
        const rows = await this.#venue.page({
          market: { symbol, id: marketId },
          timeframe,
          fromMs,
          limit: Math.min(limit, this.#venue.listing.candlesPerPage),
        })
        return { ok: true, candles: rows.map(candleOf) }
      } catch (error) {
        return this.#inWords(error, symbol)
      }
    }
  }

  #inWords(error: unknown, market: string): HistoryAnswer & { ok: false } {
    const failure = failureOf(error)
    return {
      ok: false,
      because: pageFailureInWords(failure, { exchange: venueOf(this.#venue.listing.id).name, market }),
      waitMs: failure.retryAfterMs,
    }
  }
}

function candleOf([openTimeMs, open, high, low, close, volume]: CandleRow): LiveCandle {
  return { openTimeMs, open, high, low, close, volume }
}
