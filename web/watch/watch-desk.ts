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

type Chart = { request: ChartRequest; feed: ChartFeed }
type DeskOptions = { engine: () => Promise<Engine>; report: (update: WatchUpdate) => void }

/**
 * Watches markets of several exchanges at once, and charts some of them. Lives in a worker and reports as things
 * happen.
 */
export class WatchDesk {
  readonly #venues = new Map<VenueId, LiveVenue>()
  /** How to stop watching each market. */
  readonly #watched = new Map<string, () => void>()
  #charts = new Map<number, Chart>()
  #wanted: readonly ChartRequest[] = []
  /** When each market's last day was requested. */
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

  /** Charts these markets and no others. Where only formulas changed, a chart keeps its candles. */
  async chart(requests: readonly ChartRequest[]): Promise<void> {
    this.#wanted = requests
    const engine = requests.length > 0 ? await this.options.engine() : undefined
    // While the engine was loading, the requested charts may have changed.
    if (requests !== this.#wanted) return
    const before = this.#charts
    this.#charts = new Map(requests.map((request) => [request.id, this.#chartOf(request, engine!)]))
    // Last, so that replacing one chart by another closes no connection.
    for (const [id, { feed }] of before) if (!this.#charts.has(id)) feed.close()
  }

  /** A chart's closed candles, corrections included. */
  candles(id: number): LiveCandle[] {
    return this.#charts.get(id)?.feed.candles() ?? []
  }

  /** Requests candles before the oldest of a chart. */
  async older(id: number): Promise<void> {
    await this.#charts.get(id)?.feed.showOlder()
  }

  /** Reconnects waiting connections at once. */
  retryNow(): void {
    for (const venue of this.#venues.values()) venue.retryNow()
  }

  #chartOf(request: ChartRequest, engine: Engine): Chart {
    const known = this.#charts.get(request.id)
    if (!known) return { request, feed: this.#feed(request, engine) }
    if (known.request.formulas.join("\n") !== request.formulas.join("\n")) known.feed.show(request.formulas)
    return { request, feed: known.feed }
  }

  #feed(request: ChartRequest, engine: Engine): ChartFeed {
    const { market, timeframe } = request
    return new ChartFeed({
      request,
      engine,
      watch: (options) => this.#venue(market.venue).watchCandles({ market: nameOf(market), timeframe }, options),
      history: (wanted) => this.#venue(market.venue).history({ market: nameOf(market), timeframe }, wanted),
      // A chart keeps running until its successor is there, and must not be mistaken for it.
      onUpdate: (update) =>
        this.#wanted.some(({ id }) => id === update.id) && this.options.report({ kind: "chart", ...update }),
    })
  }

  #venue(id: VenueId): LiveVenue {
    const venue =
      this.#venues.get(id) ?? openLiveVenue(id, (line) => this.options.report({ kind: "line", venue: id, line }))
    this.#venues.set(id, venue)
    return venue
  }

  #watch(market: WatchedMarket): void {
    const stop = this.#venue(market.venue).watchPrice(nameOf(market), (price) => this.#sendPrice(market, price))
    this.#watched.set(watchKey(market), stop)
  }

  #sendPrice(market: WatchedMarket, { price, dayChangePercent, atMs }: PriceEvent): void {
    const key = watchKey(market)
    this.options.report({ kind: "price", key, price, dayChangePercent, heardAtMs: Date.now() })
    if (Date.now() - (this.#dayAskedAtMs.get(key) ?? 0) > DAY_AGAIN_MS) void this.#sendDay(market, atMs)
  }

  /** The last day in hours, by the exchange's clock. A market without it is still watched. */
  async #sendDay(market: WatchedMarket, nowMs: number): Promise<void> {
    const key = watchKey(market)
    this.#dayAskedAtMs.set(key, Date.now())
    const answer = await this.#venue(market.venue).history(
      { market: nameOf(market), timeframe: "1h" },
      { fromMs: nowMs - 24 * HOUR_MS, limit: DAY_CANDLES },
    )
    if (answer.ok) this.options.report({ kind: "day", key, closes: answer.candles.map(({ close }) => close) })
  }
}

function nameOf({ symbol, marketId }: WatchedMarket) {
  return { symbol, id: marketId }
}
