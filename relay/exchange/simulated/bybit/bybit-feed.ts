import { openTimeOf } from "../market/interval.ts"
import type { Market } from "../market/market.ts"
import { ensureQuoted } from "../matching/market-tick.ts"
import type { Venue } from "../venue.ts"
import { bookSides, tickerRow } from "./bybit-market.ts"
import { plain } from "./bybit-order.ts"
import type { BybitTopic } from "./bybit-topic.ts"

/** One message of a topic, without its name. */
export type BybitNews = { type: "snapshot" | "delta"; ts: number; data: unknown; closesCandle?: boolean }

/** What a topic says at a market moment. `first` is what a new listener hears at once. */
export type BybitFeed = { first(): BybitNews[]; next(): BybitNews[] }

/** The feed of a topic; a trade is published when it happens, not here. */
export function bybitFeedOf(venue: Venue, market: Market, topic: BybitTopic): BybitFeed {
  if (topic.kind === "kline") return candleFeed(venue, market, topic)
  if (topic.kind === "tickers") return tickerFeed(venue, market)
  if (topic.kind === "orderbook") return bookFeed(venue, market, topic.levels)
  return { first: () => [], next: () => [] }
}

/** The forming candle every second, and each candle once more, confirmed, when the next opens. */
function candleFeed(venue: Venue, market: Market, topic: Extract<BybitTopic, { kind: "kline" }>): BybitFeed {
  const { interval, period } = topic
  let openMs = openTimeOf(interval, venue.nowMs)
  const at = (atMs: number, confirm: boolean): BybitNews[] => {
    const candle = market.candles.candle(interval, atMs, venue.nowMs)
    if (!candle) return []
    const { openTimeMs, closeTimeMs, open, high, low, close, volume, quoteVolume } = candle
    const row = {
      start: openTimeMs,
      end: closeTimeMs,
      interval: period,
      open: plain(open),
      close: plain(close),
      high: plain(high),
      low: plain(low),
      volume: plain(volume),
      turnover: plain(quoteVolume),
      confirm,
      timestamp: venue.nowMs,
    }
    return [{ type: "snapshot", ts: venue.nowMs, data: [row], closesCandle: confirm }]
  }
  return {
    first: () => [],
    next() {
      const nowOpenMs = openTimeOf(interval, venue.nowMs)
      const closed = nowOpenMs === openMs ? [] : at(openMs, true)
      openMs = nowOpenMs
      return [...closed, ...at(openMs, false)]
    },
  }
}

function tickerFeed(venue: Venue, market: Market): BybitFeed {
  const row = (): BybitNews[] => {
    const { usdIndexPrice, symbol, lastPrice, highPrice24h, lowPrice24h, ...rest } = tickerRow(venue, market)
    const { prevPrice24h, volume24h, turnover24h, price24hPcnt } = rest
    const spot = { symbol, lastPrice, highPrice24h, lowPrice24h, prevPrice24h, volume24h, turnover24h, price24hPcnt }
    return [{ type: "snapshot", ts: venue.nowMs, data: { ...spot, usdIndexPrice } }]
  }
  return { first: row, next: row }
}

/** The whole book to a new listener, then what changes; a size of 0 removes a price. */
function bookFeed(venue: Venue, market: Market, levels: number): BybitFeed {
  const look = () => {
    ensureQuoted(venue, market)
    return bookSides(market, levels)
  }
  const news = (type: BybitNews["type"], sides: ReturnType<typeof look>): BybitNews => ({
    type,
    ts: venue.nowMs,
    data: { s: market.rules.symbol, ...sides, u: market.updateId, seq: market.updateId },
  })
  let last = look()
  return {
    first: () => [news("snapshot", look())],
    next() {
      const before = last
      last = look()
      const sides = { b: changes(before.b, last.b), a: changes(before.a, last.a) }
      return sides.b.length + sides.a.length === 0 ? [] : [news("delta", sides)]
    },
  }
}

function changes(before: [string, string][], after: [string, string][]): [string, string][] {
  const [old, now] = [new Map(before), new Map(after)]
  const gone = before.filter(([price]) => !now.has(price)).map(([price]): [string, string] => [price, "0"])
  return [...gone, ...after.filter(([price, size]) => old.get(price) !== size)]
}
