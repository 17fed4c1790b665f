import type { Timeframe } from "#engine/candles"

/** An exchange whose public market data the browser may have, and the addresses it comes from. */
export type Venue = {
  id: string
  name: string
  /** A practice venue's prices are made up. */
  kind: "real" | "practice"
  /** Lengths of candle it knows. */
  timeframes: readonly Timeframe[]
  /** Most candles in one answer. */
  candlesPerPage: number
  /** Origins of its public REST data; the next one is asked when one cannot be reached. */
  rest: readonly string[]
  /** Origins of its public streams. */
  streams: readonly string[]
  /** The only paths that may be asked for: public data, no account. */
  restPaths: RegExp
  streamPaths: RegExp
}

const everyTimeframe: readonly Timeframe[] = [
  "1m",
  "3m",
  "5m",
  "15m",
  "30m",
  "1h",
  "2h",
  "4h",
  "6h",
  "8h",
  "12h",
  "1d",
  "1w",
]

// https://developers.binance.com/docs/binance-spot-api-docs/faqs/market_data_only
const binancePaths =
  /^\/api\/v3\/(ping|time|exchangeInfo|depth|trades|historicalTrades|aggTrades|klines|uiKlines|avgPrice|ticker|ticker\/(24hr|tradingDay|price|bookTicker))$/
const binanceStreams = /^\/(ws(\/[\w@!.:+-]{1,200}){0,20}|stream)$/

/**
 * The real exchanges. This is the one list: the content policy lets the browser reach these hosts directly, and the
 * relay passes on to them and to no others.
 */
export const realVenues: readonly Venue[] = [
  {
    id: "binance",
    name: "Binance",
    kind: "real",
    timeframes: everyTimeframe,
    candlesPerPage: 1000,
    rest: ["https://data-api.binance.vision", "https://api.binance.com"],
    streams: ["wss://data-stream.binance.vision", "wss://stream.binance.com:9443"],
    restPaths: binancePaths,
    streamPaths: binanceStreams,
  },
  {
    id: "bybit",
    name: "Bybit",
    kind: "real",
    timeframes: everyTimeframe.filter((timeframe) => timeframe !== "8h"),
    candlesPerPage: 1000,
    rest: ["https://api.bybit.com"],
    streams: ["wss://stream.bybit.com"],
    restPaths: /^\/v5\/market\/(time|kline|instruments-info|tickers|orderbook|recent-trade)$/,
    streamPaths: /^\/v5\/public\/spot$/,
  },
  {
    id: "coinbase",
    name: "Coinbase",
    kind: "real",
    timeframes: ["1m", "5m", "15m", "30m", "1h", "2h", "6h", "1d"],
    candlesPerPage: 300,
    rest: ["https://api.coinbase.com"],
    streams: ["wss://advanced-trade-ws.coinbase.com"],
    restPaths:
      /^\/(v2\/(time|currencies|currencies\/crypto|exchange-rates)|api\/v3\/brokerage\/(time|market\/(products|product_book)|market\/products\/[\w-]{1,40}(\/(candles|ticker))?))$/,
    streamPaths: /^\/$/,
  },
]

/** The exchange inside the relay: it speaks Binance's protocol at these origins. */
export function practiceVenue({ rest, stream }: { rest: string; stream: string }): Venue {
  return {
    id: "practice",
    name: "Practice exchange",
    kind: "practice",
    timeframes: everyTimeframe,
    candlesPerPage: 1000,
    rest: [rest],
    streams: [stream],
    restPaths: binancePaths,
    streamPaths: binanceStreams,
  }
}

/** Hosts the browser may reach without the relay, as `connect-src` wants them. */
export const directHosts: readonly string[] = realVenues.flatMap(({ rest, streams }) => [...rest, ...streams])
