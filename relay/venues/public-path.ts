import type { RealVenueId } from "./venue.ts"

/**
 * The only addresses of an exchange we request for others: public data, no account. `queries` are those of its
 * streams.
 */
type PublicPaths = { rest: RegExp; streams: RegExp; queries: RegExp }

const MOST_QUERY_LENGTH = 4_096

const publicPaths: Record<RealVenueId, PublicPaths> = {
  // https://developers.binance.com/docs/binance-spot-api-docs/faqs/market_data_only
  binance: {
    rest: /^\/api\/v3\/(ping|time|exchangeInfo|depth|trades|historicalTrades|aggTrades|klines|uiKlines|avgPrice|ticker|ticker\/(24hr|tradingDay|price|bookTicker))$/,
    streams: /^\/(ws(\/(?!\.+(\/|$))[\w@!.:+-]{1,200}){0,20}|stream)$/,
    queries: /^(\?(streams=[\w@!.:+/-]*|timeUnit=\w+)(&timeUnit=\w+)?)?$/i,
  },
  bybit: {
    rest: /^\/v5\/market\/(time|kline|instruments-info|tickers|orderbook|recent-trade)$/,
    streams: /^\/v5\/public\/spot$/,
    queries: /^$/,
  },
  coinbase: {
    rest: /^\/(v2\/(time|currencies|currencies\/crypto|exchange-rates)|api\/v3\/brokerage\/(time|market\/(products|product_book)|market\/products\/[\w-]{1,40}(\/(candles|ticker))?))$/,
    streams: /^\/$/,
    queries: /^$/,
  },
}

/** Whether an address below the exchange's origin, still percent-encoded, is public data. */
export function isPublicData(dialect: RealVenueId, path: string, query: string): boolean {
  return publicPaths[dialect].rest.test(path) && query.length <= MOST_QUERY_LENGTH
}

/**
 * Whether an address below the exchange's origin is one of its public streams. Stream names need no percent-encoding
 * but for the "@" and "/" between them, so any other encoded text is not a name.
 */
export function isPublicStream(dialect: RealVenueId, path: string, query: string): boolean {
  const plain = query.replace(/%40/gi, "@").replace(/%2f/gi, "/")
  return (
    publicPaths[dialect].streams.test(path) &&
    publicPaths[dialect].queries.test(plain) &&
    plain.length <= MOST_QUERY_LENGTH
  )
}
