import type { RealVenueId } from "./venue.ts"

/** The only paths of an exchange that may be asked for on somebody's behalf: public data, no account. */
type PublicPaths = { rest: RegExp; streams: RegExp }

const publicPaths: Record<RealVenueId, PublicPaths> = {
  // https://developers.binance.com/docs/binance-spot-api-docs/faqs/market_data_only
  binance: {
    rest: /^\/api\/v3\/(ping|time|exchangeInfo|depth|trades|historicalTrades|aggTrades|klines|uiKlines|avgPrice|ticker|ticker\/(24hr|tradingDay|price|bookTicker))$/,
    streams: /^\/(ws(\/[\w@!.:+-]{1,200}){0,20}|stream)$/,
  },
  bybit: {
    rest: /^\/v5\/market\/(time|kline|instruments-info|tickers|orderbook|recent-trade)$/,
    streams: /^\/v5\/public\/spot$/,
  },
  coinbase: {
    rest: /^\/(v2\/(time|currencies|currencies\/crypto|exchange-rates)|api\/v3\/brokerage\/(time|market\/(products|product_book)|market\/products\/[\w-]{1,40}(\/(candles|ticker))?))$/,
    streams: /^\/$/,
  },
}

/** Whether a path, still percent-encoded, is one of the exchange's public data. */
export function isPublicPath(dialect: RealVenueId, path: string): boolean {
  return publicPaths[dialect].rest.test(path)
}

/** Whether a path, still percent-encoded, is one of the exchange's public streams. */
export function isPublicStream(dialect: RealVenueId, path: string): boolean {
  return publicPaths[dialect].streams.test(path)
}
