import type { Engine } from "#engine/run"
import { HOUR_MS } from "#engine/candles"
import type { VenueId } from "../venue/venue-list.ts"
import { ChartFeed } from "./chart-feed.ts"
import type { ChartRequest, WatchUpdate } from "./chart-update.ts"
import type { LiveCandle } from "./live-candle.ts"
import type { StreamEvent, StreamTopic } from "./stream-dialect.ts"
import { VenueDesk } from "./venue-desk.ts"
import { type WatchedMarket, watchKey } from "./watched-market.ts"

const DAY_AGAIN_MS = 15 * 60_000

type DeskOptions = { engine: () => Promise<Engine>; tell: (update: WatchUpdate) => void }

/**
 * Watches markets of several exchanges at once, and charts one of them. Lives in a worker; what happens is told as it
 * happens.
 */
export class WatchDesk {
  readonly #venues = new Map<VenueId, VenueDesk>()
  #markets: WatchedMarket[] = []
  #chart: { request: ChartRequest; feed: ChartFeed } | undefined
  #newest: ChartRequest | undefined
  /** When each market's last day was asked for. */
  readonly #dayAskedAtMs = new Map<string, number>()

  constructor(private readonly options: DeskOptions) {}

  /** Listens to the prices of these markets and no others. */
  watch(markets: WatchedMarket[]): void {
    this.#markets = markets
    this.#listen()
  }

  /** Charts a market, or none. Another chart's candles are forgotten, unless only its formulas changed. */
  async chart(request: ChartRequest | undefined): Promise<void> {
    this.#newest = request
    if (request && request.id === this.#chart?.request.id) return this.#chart.feed.show(request.formulas)
    this.#chart?.feed.close()
    this.#chart = undefined
    const engine = request && (await this.options.engine())
    // While the engine came in, another chart may have been asked for.
    if (request !== this.#newest) return
    if (request && engine) this.#chart = { request, feed: this.#feed(request, engine) }
    this.#listen()
  }

  /** The charted market's closed candles, corrections included. */
  candles(): LiveCandle[] {
    return this.#chart?.feed.candles() ?? []
  }

  /** Reconnects what waits to, at once. */
  retryNow(): void {
    for (const venue of this.#venues.values()) venue.retryNow()
  }

  #feed(request: ChartRequest, engine: Engine): ChartFeed {
    const ask = this.#venue(request.market.venue).historyOf(request.market)
    return new ChartFeed({
      request,
      engine,
      ask,
      onUpdate: (update) => this.options.tell({ kind: "chart", ...update }),
    })
  }

  #listen(): void {
    const ids = new Set([...this.#venues.keys(), ...this.#markets.map(({ venue }) => venue)])
    for (const id of ids) this.#venue(id).want(this.#topicsOf(id))
  }

  #topicsOf(id: VenueId): StreamTopic[] {
    const charted = this.#chart?.request
    const isWatched = charted && this.#markets.some((market) => watchKey(market) === watchKey(charted.market))
    const listed = charted && !isWatched ? [...this.#markets, charted.market] : this.#markets
    const prices = listed
      .filter(({ venue }) => venue === id)
      .map(({ marketId }): StreamTopic => ({ kind: "price", marketId }))
    return charted?.market.venue === id
      ? [...prices, { kind: "candles", marketId: charted.market.marketId, timeframe: charted.timeframe }]
      : prices
  }

  #venue(id: VenueId): VenueDesk {
    const known = this.#venues.get(id)
    if (known) return known
    const venue = new VenueDesk({
      id,
      onEvent: (event) => this.#hear(id, event),
      onState: (line) => {
        if (line.state !== "open" && this.#chart?.request.market.venue === id) this.#chart.feed.doubt()
        this.options.tell({ kind: "line", venue: id, line })
      },
    })
    this.#venues.set(id, venue)
    return venue
  }

  #hear(venue: VenueId, event: StreamEvent): void {
    if (event.kind === "leaving" || event.kind === "refused") return
    const cameAtMs = performance.timeOrigin + performance.now()
    const charted = this.#chart
    if (charted?.request.market.venue === venue && isSameMarket(charted.request.market.marketId, event.marketId))
      charted.feed.hear(event, cameAtMs)
    const market = this.#markets.find((each) => each.venue === venue && isSameMarket(each.marketId, event.marketId))
    if (market && event.kind === "price" && event.price > 0) this.#tellPrice(market, event)
  }

  #tellPrice(market: WatchedMarket, { price, dayChangePercent, atMs }: StreamEvent & { kind: "price" }): void {
    const key = watchKey(market)
    this.options.tell({ kind: "price", key, price, dayChangePercent, heardAtMs: Date.now() })
    if (Date.now() - (this.#dayAskedAtMs.get(key) ?? 0) > DAY_AGAIN_MS) void this.#tellDay(market, atMs)
  }

  /** The last day in hours, by the exchange's clock. A market without it is watched all the same. */
  async #tellDay(market: WatchedMarket, nowMs: number): Promise<void> {
    const key = watchKey(market)
    this.#dayAskedAtMs.set(key, Date.now())
    const answer = await this.#venue(market.venue).historyOf(market)({
      timeframe: "1h",
      fromMs: nowMs - 24 * HOUR_MS,
      limit: 30,
    })
    if (answer.ok) this.options.tell({ kind: "day", key, closes: answer.candles.map(({ close }) => close) })
  }
}

/**
 * Coinbase tells of its USDC markets under their USD names:
 * https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels
 */
function isSameMarket(asked: string, told: string): boolean {
  return asked === told || asked.replace(/-USDC$/, "-USD") === told
}
