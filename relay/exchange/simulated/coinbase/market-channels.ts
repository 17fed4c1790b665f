import type { Exchange } from "../exchange-state.ts"
import type { TroubledPath } from "../faults/stream-faults.ts"
import type { Market } from "../market/market.ts"
import { DepthFeed } from "../streams/depth-feed.ts"
import type { VenueEvent } from "../venue.ts"
import { bookRows, candleRows, lastTrades, levelRows, statusRow, tickerRow, tradeRow } from "./channel-events.ts"
import type { Channel, Listener } from "./listener.ts"

const BATCH_EVERY_MS = 5_000
const CANDLE_EVERY_MS = 1_000

/** What the channels about markets say: all there is when somebody comes, and then what changes. */
export class MarketChannels {
  private readonly books = new Map<string, DepthFeed>()
  private readonly spokenMs = new Map<Channel, number>()
  private readonly traded = new Set<Market>()

  constructor(
    private readonly exchange: Exchange,
    private readonly listeners: ReadonlySet<Listener>,
    private readonly path: TroubledPath,
  ) {}

  /** The first message of a channel. */
  begin(listener: Listener, channel: Channel, products: string[]): void {
    const markets = [...this.exchange.state.venue.markets.values()]
    const wanted = markets.filter(({ rules }) => products.length === 0 || products.includes(rules.symbol))
    const events = this.eventsOf(channel, "snapshot", wanted)
    if (events.length > 0) this.send(listener, channel, events)
  }

  /** Something has happened at the exchange. */
  hear(event: VenueEvent): void {
    if (this.listeners.size === 0) return
    if (event.kind === "trade") this.hearTrade(event)
    if (event.kind !== "tick") return
    this.publishEach("ticker", [...this.traded])
    this.traded.clear()
    if (this.isDue("ticker_batch", BATCH_EVERY_MS)) this.publishEach("ticker_batch")
    if (this.isDue("candles", CANDLE_EVERY_MS)) this.publishEach("candles")
    this.publishBooks()
  }

  private hearTrade({ market, trade }: Extract<VenueEvent, { kind: "trade" }>): void {
    this.traded.add(market)
    const { symbol } = market.rules
    const listening = this.listening("market_trades", symbol)
    if (listening.length === 0) return
    const events = [{ type: "update", trades: [tradeRow(market, this.path.tick(trade))] }]
    for (const listener of listening) this.send(listener, "market_trades", events)
  }

  private publishEach(channel: Channel, markets = [...this.exchange.state.venue.markets.values()]): void {
    for (const market of markets) {
      const listening = this.listening(channel, market.rules.symbol)
      if (listening.length === 0) continue
      const events = this.eventsOf(channel, "update", [market])
      for (const listener of listening) this.send(listener, channel, events)
    }
  }

  private publishBooks(): void {
    const { venue, nowMs } = this.exchange.state
    for (const market of venue.markets.values()) {
      const { symbol } = market.rules
      const listening = this.listening("level2", symbol)
      if (listening.length === 0) {
        this.books.delete(symbol)
        continue
      }
      const change = this.feedOf(market).next()
      if (!change) continue
      const updates = levelRows({ bids: shortLevels(change.b), asks: shortLevels(change.a) }, nowMs())
      for (const listener of listening) this.send(listener, "level2", [{ type: "update", product_id: symbol, updates }])
    }
  }

  private feedOf(market: Market): DepthFeed {
    const { symbol } = market.rules
    const feed = this.books.get(symbol) ?? new DepthFeed(this.exchange.state.venue, market)
    this.books.set(symbol, feed)
    return feed
  }

  private eventsOf(channel: Channel, type: "snapshot" | "update", markets: Market[]): unknown[] {
    const { venue, nowMs } = this.exchange.state
    const isFirst = type === "snapshot"
    if (channel === "ticker" || channel === "ticker_batch")
      return [{ type, tickers: markets.map((market) => tickerRow(venue, market, channel === "ticker_batch")) }]
    if (channel === "candles")
      return [{ type, candles: markets.flatMap((market) => candleRows({ venue, nowMs: nowMs() }, market, isFirst)) }]
    if (channel === "market_trades") return [{ type, trades: markets.flatMap(lastTrades) }]
    if (channel === "status") return [{ type, products: markets.map((market) => statusRow(venue, market)) }]
    if (channel !== "level2") return []
    return markets.map((market) => {
      this.feedOf(market)
      return { type, product_id: market.rules.symbol, updates: bookRows(venue, market, nowMs()) }
    })
  }

  private isDue(channel: Channel, everyMs: number): boolean {
    const { nowMs } = this.exchange.state.venue
    if (nowMs - (this.spokenMs.get(channel) ?? -Infinity) < everyMs) return false
    this.spokenMs.set(channel, nowMs)
    return true
  }

  private listening(channel: Channel, symbol: string): Listener[] {
    return [...this.listeners].filter((listener) => listener.hears(channel, symbol))
  }

  private send(listener: Listener, channel: Channel, events: unknown[]): void {
    listener.send({ channel, events, atMs: this.exchange.state.nowMs(), path: this.path })
  }
}

function shortLevels(levels: [price: string, quantity: string][]): [string, string][] {
  return levels.map(([price, quantity]) => [price.replace(/\.?0+$/, ""), quantity.replace(/\.?0+$/, "") || "0"])
}
