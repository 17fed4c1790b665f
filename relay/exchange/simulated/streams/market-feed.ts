import { DepthFeed } from "./depth-feed.ts"
import { openTimeOf } from "../market/interval.ts"
import { depthAnswer } from "../protocol/market-operations.ts"
import type { Market } from "../market/market.ts"
import { ensureQuoted } from "../matching/market-tick.ts"
import type { StreamName } from "./stream-name.ts"
import {
  averagePricePayload,
  bookTickerPayload,
  klinePayload,
  miniTickerPayload,
  tickerPayload,
  windowTickerPayload,
} from "./stream-payloads.ts"
import type { Venue } from "../venue.ts"

/** What one stream sends at a moment: nothing, one message or several. */
export type Feed = () => unknown[]

const CANDLE_EVERY_MS = 2_000
const STATISTICS_EVERY_MS = 1_000

/** The feed of a stream that sends at market moments; undefined for the trade streams, which send with each trade. */
export function feedOf(venue: Venue, name: StreamName): Feed | undefined {
  if (name.kind === "miniTickers")
    return every(venue, STATISTICS_EVERY_MS, () => [
      [...venue.markets.values()].map((market) => miniTickerPayload(venue, market)),
    ])
  if (name.kind === "window" && name.symbol === undefined)
    return every(venue, STATISTICS_EVERY_MS, () => [
      [...venue.markets.values()].map((market) => windowTickerPayload(venue, market, name)),
    ])
  const market = venue.markets.get(name.symbol!)
  return market && marketFeedOf(venue, market, name)
}

function marketFeedOf(venue: Venue, market: Market, name: StreamName): Feed | undefined {
  switch (name.kind) {
    case "kline":
      return candleFeed(venue, market, name)
    case "miniTicker":
      return every(venue, STATISTICS_EVERY_MS, () => [miniTickerPayload(venue, market)])
    case "ticker":
      return every(venue, STATISTICS_EVERY_MS, () => [tickerPayload(venue, market)])
    case "window":
      return every(venue, STATISTICS_EVERY_MS, () => [windowTickerPayload(venue, market, name)])
    case "avgPrice":
      return every(venue, STATISTICS_EVERY_MS, () => [averagePricePayload(venue, market)])
    case "bookTicker":
      return onChange(
        () => bookTickerPayload(venue, market),
        ({ b, B, a, A }) => `${b} ${B} ${a} ${A}`,
      )
    case "partial":
      return () => {
        ensureQuoted(venue, market)
        return [depthAnswer(market, name.levels)]
      }
    case "depth":
      return depthChanges(venue, market)
    default:
      return undefined
  }
}

/**
 * The forming candle every two seconds (every second for 1s candles) and each candle once more, marked closed, when
 * the next opens.
 */
function candleFeed(venue: Venue, market: Market, { interval, shiftMs }: Extract<StreamName, { kind: "kline" }>): Feed {
  const { symbol } = market.rules
  let openMs = openTimeOf(interval, venue.nowMs, shiftMs)
  const forming = every(venue, interval === "1s" ? 1_000 : CANDLE_EVERY_MS, () => payloadAt(openMs, false))
  const payloadAt = (atMs: number, isClosed: boolean) => {
    const candle = market.candles.candle(interval, atMs, venue.nowMs, shiftMs)
    return candle ? [klinePayload(symbol, interval, candle, { atMs: venue.nowMs, isClosed })] : []
  }
  return () => {
    const nowOpenMs = openTimeOf(interval, venue.nowMs, shiftMs)
    const closed = nowOpenMs === openMs ? [] : payloadAt(openMs, true)
    openMs = nowOpenMs
    return [...closed, ...forming()]
  }
}

function depthChanges(venue: Venue, market: Market): Feed {
  const feed = new DepthFeed(venue, market)
  return () => {
    const change = feed.next()
    return change ? [change] : []
  }
}

function every(venue: Venue, lengthMs: number, speak: Feed): Feed {
  let nextMs = venue.nowMs
  return () => {
    if (venue.nowMs < nextMs) return []
    nextMs = venue.nowMs + lengthMs
    return speak()
  }
}

function onChange<T>(look: () => T, keyOf: (seen: T) => string): Feed {
  let lastKey = ""
  return () => {
    const seen = look()
    if (keyOf(seen) === lastKey) return []
    lastKey = keyOf(seen)
    return [seen]
  }
}
