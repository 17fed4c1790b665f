import type { Candle } from "../market/candle.ts"
import { formatDecimal as text } from "../decimal.ts"
import type { Interval } from "../market/interval.ts"
import type { Market, PublicTrade } from "../market/market.ts"
import { bestQuotes, changeOf, tickerOf } from "../market/ticker.ts"
import type { Venue } from "../venue.ts"

// The payloads of the market streams, letter for letter.
// Source: https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams

export function tradePayload(symbol: string, trade: PublicTrade) {
  return {
    e: "trade",
    E: trade.timeMs,
    s: symbol,
    t: trade.id,
    p: text(trade.price),
    q: text(trade.quantity),
    T: trade.timeMs,
    m: trade.isBuyerMaker,
    M: true,
  }
}

export function aggregateTradePayload(symbol: string, trade: PublicTrade) {
  return {
    e: "aggTrade",
    E: trade.timeMs,
    s: symbol,
    a: trade.id,
    p: text(trade.price),
    q: text(trade.quantity),
    f: trade.id,
    l: trade.id,
    T: trade.timeMs,
    m: trade.isBuyerMaker,
    M: true,
  }
}

export function klinePayload(
  symbol: string,
  interval: Interval,
  candle: Candle,
  { atMs, isClosed }: { atMs: number; isClosed: boolean },
) {
  const k = {
    t: candle.openTimeMs,
    T: candle.closeTimeMs,
    s: symbol,
    i: interval,
    f: candle.firstTradeId,
    L: candle.lastTradeId,
    o: text(candle.open),
    c: text(candle.close),
    h: text(candle.high),
    l: text(candle.low),
    v: text(candle.volume),
    n: candle.trades,
    x: isClosed,
    q: text(candle.quoteVolume),
    V: text(candle.takerVolume),
    Q: text(candle.takerQuoteVolume),
    B: "0",
  }
  return { e: "kline", E: atMs, s: symbol, k }
}

export function miniTickerPayload(venue: Venue, market: Market) {
  const { last, open, high, low, volume, quoteVolume } = tickerOf(venue, market)
  return {
    e: "24hrMiniTicker",
    E: venue.nowMs,
    s: market.rules.symbol,
    c: text(last),
    o: text(open),
    h: text(high),
    l: text(low),
    v: text(volume),
    q: text(quoteVolume),
  }
}

export function tickerPayload(venue: Venue, market: Market) {
  const ticker = tickerOf(venue, market)
  const { change, percent } = changeOf(ticker)
  const quotes = bestQuotes(venue, market)
  return {
    e: "24hrTicker",
    E: venue.nowMs,
    s: market.rules.symbol,
    p: change,
    P: percent,
    w: text(ticker.average),
    x: text(ticker.previousClose),
    c: text(ticker.last),
    Q: text(market.trades.at(-1)?.quantity ?? 0n),
    b: quotes.bid,
    B: quotes.bidQuantity,
    a: quotes.ask,
    A: quotes.askQuantity,
    ...spanOf(ticker),
  }
}

export function windowTickerPayload(
  venue: Venue,
  market: Market,
  { size, lengthMs }: { size: string; lengthMs: number },
) {
  const ticker = tickerOf(venue, market, lengthMs)
  const { change, percent } = changeOf(ticker)
  return {
    e: `${size}Ticker`,
    E: venue.nowMs,
    s: market.rules.symbol,
    p: change,
    P: percent,
    c: text(ticker.last),
    w: text(ticker.average),
    ...spanOf(ticker),
  }
}

export function bookTickerPayload(venue: Venue, market: Market) {
  const { bid, bidQuantity, ask, askQuantity } = bestQuotes(venue, market)
  return { u: market.updateId, s: market.rules.symbol, b: bid, B: bidQuantity, a: ask, A: askQuantity }
}

export function averagePricePayload(venue: Venue, market: Market) {
  return {
    e: "avgPrice",
    E: venue.nowMs,
    s: market.rules.symbol,
    i: "5m",
    w: text(market.averagePrice(venue.nowMs)),
    T: market.trades.at(-1)?.timeMs ?? venue.nowMs,
  }
}

function spanOf(ticker: ReturnType<typeof tickerOf>) {
  return {
    o: text(ticker.open),
    h: text(ticker.high),
    l: text(ticker.low),
    v: text(ticker.volume),
    q: text(ticker.quoteVolume),
    O: ticker.openMs,
    C: ticker.closeMs,
    F: ticker.firstTradeId,
    L: ticker.lastTradeId,
    n: ticker.trades,
  }
}
