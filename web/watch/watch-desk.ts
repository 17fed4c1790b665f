import { HOUR_MS, type LiveCandle, MINUTE_MS } from "#engine/candles"
import type { Engine } from "#engine/run"
import type { LiveVenue, PriceEvent, VenueId } from "#venues"
import { openLiveVenue } from "../venue/open-live-venue.ts"
import { ChartFeed } from "./chart-feed.ts"
import type { ChartRequest, WatchUpdate } from "./chart-update.ts"
import { type WatchedMarket, watchKey } from "./watched-market.ts"

const DAY_AGAIN_MS = 15 * MINUTE_MS
/** The last day in hours, and a few more that exchanges may add. */
const DAY_CANDLES = 30

type DeskOptions = { engine: () => Promise<Engine>; tell: (update: WatchUpdate) => void }

/**
 * Watches markets of several exchanges at once, and charts one of them. Lives in a worker; what happens is told as it
 * happens.
 */
export class WatchDesk {
  readonly #venues = new Map<VenueId, LiveVenue>()
  /** How to stop watching each market. */
  readonly #watched = new Map<string, () => void>()
  #chart: { request: ChartRequest; feed: ChartFeed } | undefined
  #newest: ChartRequest | undefined
  /** When each market's last day was asked for. */
  readonly #dayAskedAtMs = new Map<string, number>()

  constructor(private readonly options: DeskOptions) {}

  /** Listens to the prices of these markets and no others. */
  watch(markets: WatchedMarket[]): void {
    const wanted = new Set(markets.map(watchKey))
    for (const market of markets) if (!this.#watched.has(watchKey(market))) this.#watch(market)
    for (const [key, stop] of this.#watched) {
      if (wanted.has(key)) continue
      stop()
      this.#watched.delete(key)
    }
  }

  /** Charts a market, or none. Another chart's candles are forgotten, unless only its formulas changed. */
  async chart(request: ChartRequest | undefined): Promise<void> {
    this.#newest = request
    if (request && request.id === this.#chart?.request.id) return this.#chart.feed.show(request.formulas)
    const engine = request && (await this.options.engine())
    // While the engine came in, another chart may have been asked for.
    if (request !== this.#newest) return
    const before = this.#chart
    this.#chart = request && engine ? { request, feed: this.#feed(request, engine) } : undefined
    before?.feed.close()
  }

  /** The charted market's closed candles, corrections included. */
  candles(): LiveCandle[] {
    return this.#chart?.feed.candles() ?? []
  }

  /** Asks for candles before the oldest of the chart. */
  async older(): Promise<void> {
    await this.#chart?.feed.showOlder()
  }

  /** Reconnects what waits to, at once. */
  retryNow(): void {
    for (const venue of this.#venues.values()) venue.retryNow()
  }

  #feed(request: ChartRequest, engine: Engine): ChartFeed {
    const { market, timeframe } = request
    return new ChartFeed({
      request,
      engine,
      watch: (options) => this.#venue(market.venue).watchCandles({ market: nameOf(market), timeframe }, options),
      history: (wanted) => this.#venue(market.venue).history({ market: nameOf(market), timeframe }, wanted),
      // The chart before goes on until its successor is there, and must not be taken for it.
      onUpdate: (update) => update.id === this.#newest?.id && this.options.tell({ kind: "chart", ...update }),
    })
  }

  #venue(id: VenueId): LiveVenue {
    const venue =
      this.#venues.get(id) ?? openLiveVenue(id, (line) => this.options.tell({ kind: "line", venue: id, line }))
    this.#venues.set(id, venue)
    return venue
  }

  #watch(market: WatchedMarket): void {
    const stop = this.#venue(market.venue).watchPrice(nameOf(market), (price) => this.#tellPrice(market, price))
    this.#watched.set(watchKey(market), stop)
  }

  #tellPrice(market: WatchedMarket, { price, dayChangePercent, atMs }: PriceEvent): void {
    const key = watchKey(market)
    this.options.tell({ kind: "price", key, price, dayChangePercent, heardAtMs: Date.now() })
    if (Date.now() - (this.#dayAskedAtMs.get(key) ?? 0) > DAY_AGAIN_MS) void this.#tellDay(market, atMs)
  }

  /** The last day in hours, by the exchange's clock. A market without it is watched all the same. */
  async #tellDay(market: WatchedMarket, nowMs: number): Promise<void> {
    const key = watchKey(market)
    this.#dayAskedAtMs.set(key, Date.now())
    const answer = await this.#venue(market.venue).history(
      { market: nameOf(market), timeframe: "1h" },
      { fromMs: nowMs - 24 * HOUR_MS, limit: DAY_CANDLES },
    )
    if (answer.ok) this.options.tell({ kind: "day", key, closes: answer.candles.map(({ close }) => close) })
  }
}

function nameOf({ symbol, marketId }: WatchedMarket) {
  return { symbol, id: marketId }
}
