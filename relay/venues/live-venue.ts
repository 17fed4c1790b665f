import {
  type HistoryAnswer,
  type HistoryQuestion,
  type LiveCandle,
  pageFailureInWords,
  timeframesMs,
} from "#engine/candles"
import { CandleWatch, type CandleWatchOptions } from "./candle-watch.ts"
import { streamDialects } from "./stream-dialect.ts"
import type { StreamEvent, StreamTopic } from "./stream-event.ts"
import { type LineState, type LineWorld, StreamLine } from "./stream-line.ts"
import { unreachable } from "./venue-failure.ts"
import type { MarketName } from "./venue-market.ts"
import type { CandleQuestion, VenueSource } from "./venue-source.ts"

export type LiveVenueOptions = {
  source: VenueSource
  /** Addresses of its stream, the preferred one first. */
  addresses: readonly string[]
  world: LineWorld
  onState?: (state: LineState) => void
}

/** The latest price of a market. */
export type PriceEvent = Extract<StreamEvent, { kind: "price" }>

type Listener = { topics: StreamTopic[]; hear: (event: MarketEventOf) => void }
type MarketEventOf = Extract<StreamEvent, { marketId: string }>

/**
 * Live prices and candles of one exchange, over one connection for all listeners. What the connection misses comes
 * from history, so that a candle watched here closes once, in order, and as the exchange has it.
 */
export class LiveVenue {
  readonly #options: LiveVenueOptions
  readonly #line: StreamLine
  readonly #listeners = new Set<Listener>()
  readonly #watches = new Set<CandleWatch>()
  #isListenDue = false

  constructor(options: LiveVenueOptions) {
    this.#options = options
    const { source, addresses, world } = options
    this.#line = new StreamLine({
      addresses,
      world,
      dialect: streamDialects[source.venue.dialect],
      onEvent: (event) => this.#hear(event),
      onState: (state) => this.#changed(state),
    })
  }

  /** Calls with every price of a market, until you call the returned function. */
  watchPrice({ id: marketId }: MarketName, onPrice: (price: PriceEvent) => void): () => void {
    const topics: StreamTopic[] = [{ kind: "price", marketId }]
    return this.#listen({ topics, hear: (event) => event.kind === "price" && event.price > 0 && onPrice(event) })
  }

  /** Follows the candles of a market until `stop`. */
  watchCandles(question: CandleQuestion, options: CandleWatchOptions): CandleWatch {
    const { id: marketId } = question.market
    const watch: CandleWatch = new CandleWatch({
      ...options,
      timeframe: question.timeframe,
      world: this.#options.world,
      ask: (wanted) => this.history(question, wanted),
      onStop: () => {
        this.#watches.delete(watch)
        unlisten()
      },
    })
    // Prices carry the exchange's time in markets without trades.
    const topics: StreamTopic[] = [
      { kind: "price", marketId },
      { kind: "candles", marketId, timeframe: question.timeframe },
    ]
    const unlisten = this.#listen({ topics, hear: (event) => watch.hear(event) })
    this.#watches.add(watch)
    return watch
  }

  /** Candles of the past. Never throws: why there are none is an answer, in words for the person. */
  async history({ market, timeframe }: CandleQuestion, { fromMs, limit }: HistoryQuestion): Promise<HistoryAnswer> {
    const { venue } = this.#options.source
    const most = Math.min(limit, venue.candlesPerPage)
    const stretch = { fromMs, toMs: fromMs + most * timeframesMs[timeframe], limit: most }
    const answer = await this.#options.source.page({ market, timeframe }, stretch)
    const candles = answer.ok ? candlesOf(answer.rows) : undefined
    if (candles) return { ok: true, candles }
    const failure = answer.ok ? unreachable("its answer makes no sense").failure : answer
    const because = pageFailureInWords(failure, { exchange: venue.name, market: market.symbol })
    return { ok: false, because, waitMs: failure.retryAfterMs }
  }

  /** Reconnects at once if it is waiting to. */
  retryNow(): void {
    this.#line.retryNow()
  }

  /** Ends everything that listens here, and the connection. */
  close(): void {
    for (const watch of this.#watches) watch.stop()
    this.#listeners.clear()
    this.#line.close()
  }

  #listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    this.#listenSoon()
    return () => {
      if (this.#listeners.delete(listener)) this.#listenSoon()
    }
  }

  /** Runs after all changes of this moment, so that replacing one chart by another closes no connection. */
  #listenSoon(): void {
    if (this.#isListenDue) return
    this.#isListenDue = true
    this.#options.world.after(0, () => {
      this.#isListenDue = false
      this.#line.want([...this.#listeners].flatMap(({ topics }) => topics))
    })
  }

  #hear(event: StreamEvent): void {
    if (event.kind === "leaving" || event.kind === "refused") return
    const { isSameMarket = (asked: string, heard: string) => asked === heard } =
      streamDialects[this.#options.source.venue.dialect]
    for (const { topics, hear } of this.#listeners) if (isSameMarket(topics[0].marketId, event.marketId)) hear(event)
  }

  #changed(state: LineState): void {
    if (state.state !== "open") for (const watch of this.#watches) watch.doubt()
    this.#options.onState?.(state)
  }
}

/** ccxt's rows as candles; undefined when they are not rows. The feed judges their contents. */
function candlesOf(rows: unknown): LiveCandle[] | undefined {
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) return undefined
  return rows.map(([openTimeMs, open, high, low, close, volume]: number[]) => ({
    openTimeMs,
    open,
    high,
    low,
    close,
    volume,
  }))
}
