import { dividedBy, formatDecimal } from "../decimal.ts"
import { type Work, LongAnswer } from "../long-work.ts"
import type { Candle } from "../market/candle.ts"
import type { CandleQuery } from "../market/candles.ts"
import type { Interval } from "../market/interval.ts"
import type { Market, PublicTrade } from "../market/market.ts"
import type { SymbolRules } from "../market/symbol-rules.ts"
import { bestQuotes, tickerOf } from "../market/ticker.ts"
import { ensureQuoted } from "../matching/market-tick.ts"
import type { Venue } from "../venue.ts"
import type { BybitAsk } from "./bybit-ask.ts"
import { plain } from "./bybit-order.ts"
import { refuseAs } from "./bybit-refusals.ts"

const NANOS_PER_MS = 1_000_000n
const USUAL_CANDLES = 200
const MOST_CANDLES = 1_000
const MOST_LEVELS = 200
const MOST_TRADES = 60

type MarketAsk = Pick<BybitAsk, "exchange" | "venue" | "input">

/** Candle lengths by Bybit's names. */
export const bybitIntervals: Readonly<Record<string, Interval>> = {
  1: "1m",
  3: "3m",
  5: "5m",
  15: "15m",
  30: "30m",
  60: "1h",
  120: "2h",
  240: "4h",
  360: "6h",
  720: "12h",
  D: "1d",
  W: "1w",
  M: "1M",
}

/** GET /v5/market/time */
export function serverTime({ exchange }: MarketAsk) {
  const nowMs = exchange.state.nowMs()
  return { timeSecond: String(Math.floor(nowMs / 1_000)), timeNano: String(BigInt(Math.floor(nowMs)) * NANOS_PER_MS) }
}

/** GET /v5/market/instruments-info. Of the other categories there are no instruments here. */
export function instruments({ venue, input }: MarketAsk) {
  const category = input.oneOf("category", ["spot", "linear", "inverse", "option"])
  if (category === undefined) refuseAs(10001, "params error: Category is invalid")
  if (category !== "spot") return { category, list: [], nextPageCursor: "" }
  const symbol = input.text("symbol")
  const markets = symbol === undefined ? [...venue.markets.values()] : [marketNamed({ venue, input })]
  return { category, list: markets.map(({ rules }) => instrumentRow(rules)) }
}

/** GET /v5/market/kline: newest first, the forming candle included. */
export function candles({ venue, input }: MarketAsk) {
  if (input.text("category") !== undefined) input.checkCategory()
  const market = marketNamed({ venue, input })
  const interval = bybitIntervals[input.required("interval")] ?? refuseAs(10001, "params error: Invalid period!")
  const [startMs, endMs] = [input.integer("start"), input.integer("end")]
  const limit = input.limit(USUAL_CANDLES, MOST_CANDLES)
  const { symbol } = market.rules
  // With an end the newest up to it are shown, otherwise the oldest from the start on.
  const query = { interval, startMs: endMs === undefined ? startMs : undefined, endMs, limit, nowMs: venue.nowMs }
  return new LongAnswer(candleRows(market, query, { symbol, startMs }))
}

/** GET /v5/market/tickers */
export function tickers({ venue, input }: MarketAsk) {
  input.checkCategory()
  const markets = input.text("symbol") === undefined ? [...venue.markets.values()] : [marketNamed({ venue, input })]
  return { category: "spot", list: markets.map((market) => tickerRow(venue, market)) }
}

/** GET /v5/market/orderbook */
export function orderBook({ exchange, venue, input }: MarketAsk) {
  input.checkCategory()
  const market = marketNamed({ venue, input })
  const levels = input.limit(1, MOST_LEVELS)
  ensureQuoted(venue, market)
  const ts = exchange.state.nowMs()
  return { s: market.rules.symbol, ...bookSides(market, levels), ts, u: market.updateId, seq: market.updateId, cts: ts }
}

/** GET /v5/market/recent-trade: newest first. */
export function recentTrades({ venue, input }: MarketAsk) {
  input.checkCategory()
  const { trades, rules } = marketNamed({ venue, input })
  const newest = trades.slice(-input.limit(MOST_TRADES, MOST_TRADES)).reverse()
  return { category: "spot", list: newest.map((trade) => tradeRow(rules.symbol, trade)) }
}

/** Both sides of a book, best first, as pairs of price and quantity. */
export function bookSides(market: Market, levels: number) {
  const rows = (side: "BUY" | "SELL") =>
    market.book.depth(side, levels).map(([price, quantity]) => [plain(price), plain(quantity)] as [string, string])
  return { b: rows("BUY"), a: rows("SELL") }
}

/** A market at a glance, as the list shows it. */
export function tickerRow(venue: Venue, market: Market) {
  const ticker = tickerOf(venue, market)
  const { bid, bidQuantity, ask, askQuantity } = bestQuotes(venue, market)
  const change = ticker.open === 0n ? 0n : dividedBy(ticker.last - ticker.open, ticker.open)
  return {
    symbol: market.rules.symbol,
    bid1Price: short(bid),
    bid1Size: short(bidQuantity),
    ask1Price: short(ask),
    ask1Size: short(askQuantity),
    lastPrice: plain(ticker.last),
    prevPrice24h: plain(ticker.open),
    price24hPcnt: Number(formatDecimal(change)).toFixed(4),
    highPrice24h: plain(ticker.high),
    lowPrice24h: plain(ticker.low),
    turnover24h: plain(ticker.quoteVolume),
    volume24h: plain(ticker.volume),
    usdIndexPrice: "",
  }
}

function* candleRows(
  market: Market,
  query: CandleQuery,
  { symbol, startMs = 0 }: { symbol: string; startMs?: number },
): Work<unknown> {
  const found = yield* market.candles.list(query)
  const wanted = found.filter(({ openTimeMs }) => openTimeMs >= startMs).reverse()
  return { category: "spot", symbol, list: wanted.map(candleRow) }
}

function candleRow({ openTimeMs, open, high, low, close, volume, quoteVolume }: Candle): string[] {
  return [String(openTimeMs), ...[open, high, low, close, volume, quoteVolume].map(plain)]
}

function tradeRow(symbol: string, trade: PublicTrade) {
  return {
    execId: String(trade.id),
    symbol,
    price: plain(trade.price),
    size: plain(trade.quantity),
    side: trade.isBuyerMaker ? "Sell" : "Buy",
    time: String(trade.timeMs),
    isBlockTrade: false,
    isRPITrade: false,
    seq: String(trade.id),
  }
}

function instrumentRow(rules: SymbolRules) {
  return {
    symbol: rules.symbol,
    baseCoin: rules.base,
    quoteCoin: rules.quote,
    innovation: "0",
    status: rules.status === "TRADING" ? "Trading" : "Closed",
    marginTrading: "none",
    stTag: "0",
    lotSizeFilter: {
      basePrecision: plain(rules.stepSize),
      quotePrecision: "0.00000001",
      minOrderQty: plain(rules.minQuantity),
      maxOrderQty: plain(rules.maxQuantity),
      minOrderAmt: plain(rules.minNotional),
      maxOrderAmt: plain(rules.maxNotional),
      maxLimitOrderQty: plain(rules.maxQuantity),
      maxMarketOrderQty: plain(rules.maxMarketQuantity),
      postOnlyMaxLimitOrderSize: plain(rules.maxQuantity),
    },
    priceFilter: { tickSize: plain(rules.tickSize) },
    riskParameters: { priceLimitRatioX: "0.8", priceLimitRatioY: "4" },
  }
}

function marketNamed({ venue, input }: Pick<BybitAsk, "venue" | "input">): Market {
  return venue.markets.get(input.required("symbol")) ?? refuseAs(10001, "Not supported symbols")
}

function short(text: string): string {
  return text.replace(/\.?0+$/, "")
}
