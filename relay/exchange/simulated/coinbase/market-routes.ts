import { MINUTE_MS } from "#engine/candles"
import type { Candle } from "../market/candle.ts"
import type { Interval } from "../market/interval.ts"
import type { Market, PublicTrade } from "../market/market.ts"
import { ensureQuoted } from "../matching/market-tick.ts"
import { LongAnswer, type Work } from "../long-work.ts"
import { amountText } from "./amount.ts"
import type { CoinbaseCall } from "./coinbase-call.ts"
import { momentText } from "./moment.ts"
import { productAnswer } from "./product.ts"
import { refuseArgument, refuseUnknown } from "./refused.ts"

/** Candles of one answer. Source: https://docs.cdp.coinbase.com/api-reference/advanced-trade-api/rest-api */
const MOST_CANDLES = 350
const USUAL_LEVELS = 50
const MOST_LEVELS = 500
const USUAL_TRADES = 100
const MOST_TRADES = 1_000

const granularities: Record<string, { interval: Interval; lengthMs: number }> = {
  ONE_MINUTE: { interval: "1m", lengthMs: MINUTE_MS },
  FIVE_MINUTE: { interval: "5m", lengthMs: 5 * MINUTE_MS },
  FIFTEEN_MINUTE: { interval: "15m", lengthMs: 15 * MINUTE_MS },
  THIRTY_MINUTE: { interval: "30m", lengthMs: 30 * MINUTE_MS },
  ONE_HOUR: { interval: "1h", lengthMs: 60 * MINUTE_MS },
  TWO_HOUR: { interval: "2h", lengthMs: 120 * MINUTE_MS },
  FOUR_HOUR: { interval: "4h", lengthMs: 240 * MINUTE_MS },
  SIX_HOUR: { interval: "6h", lengthMs: 360 * MINUTE_MS },
  ONE_DAY: { interval: "1d", lengthMs: 1440 * MINUTE_MS },
}

/** `GET market/products`: only spot products exist here. */
export function listProducts({ venue, query }: CoinbaseCall) {
  const isOther = (query.get("product_type") ?? "SPOT") !== "SPOT"
  const wanted = new Set(query.getAll("product_ids"))
  const markets = isOther ? [] : [...venue.markets.values()]
  const products = markets
    .filter(({ rules }) => wanted.size === 0 || wanted.has(rules.symbol))
    .map((market) => productAnswer(venue, market))
  return { products, num_products: products.length, pagination: null }
}

/** `GET market/products/{id}` */
export function readProduct(call: CoinbaseCall) {
  return productAnswer(call.venue, marketOf(call, call.id))
}

/** `GET market/products/{id}/candles`: newest first. */
export function readCandles(call: CoinbaseCall) {
  const market = marketOf(call, call.id)
  const { interval, lengthMs } =
    granularities[call.query.get("granularity") ?? ""] ?? refuseArgument("granularity is unknown")
  const [startMs, endMs] = [secondsIn(call, "start"), secondsIn(call, "end")]
  if (Math.floor((endMs - startMs) / lengthMs) > MOST_CANDLES)
    refuseArgument(`number of candles requested should be less than ${MOST_CANDLES}`)
  const limit = call.count("limit", MOST_CANDLES, MOST_CANDLES)
  const query = { interval, startMs, endMs, limit, nowMs: call.venue.nowMs }
  return new LongAnswer(candlesInSteps(market, query))
}

/** `GET market/products/{id}/ticker`: the newest trades and the best prices. */
export function readTicker(call: CoinbaseCall) {
  const market = marketOf(call, call.id)
  ensureQuoted(call.venue, market)
  const limit = call.count("limit", USUAL_TRADES, MOST_TRADES)
  return {
    trades: market.trades
      .slice(-limit)
      .toReversed()
      .map((trade) => tradeAnswer(market, trade)),
    best_bid: bestOf(market, "BUY"),
    best_ask: bestOf(market, "SELL"),
  }
}

/** `GET market/product_book` */
export function readBook(call: CoinbaseCall) {
  const market = marketOf(call, call.query.get("product_id") ?? "")
  return { pricebook: bookAnswer(call, market, call.count("limit", USUAL_LEVELS, MOST_LEVELS)) }
}

/** `GET best_bid_ask` */
export function readBestPrices(call: CoinbaseCall) {
  const wanted = new Set(call.query.getAll("product_ids"))
  const markets = [...call.venue.markets.values()].filter(({ rules }) => wanted.size === 0 || wanted.has(rules.symbol))
  return { pricebooks: markets.map((market) => bookAnswer(call, market, 1)) }
}

/** `GET time` */
export function readTime({ exchange }: CoinbaseCall) {
  const nowMs = exchange.state.nowMs()
  const epochSeconds = String(Math.floor(nowMs / 1_000))
  return { iso: momentText(nowMs), epochSeconds, epochMillis: String(nowMs) }
}

/** `GET /v2/time` */
export function readOldTime({ exchange }: CoinbaseCall) {
  const nowMs = exchange.state.nowMs()
  return { data: { iso: momentText(nowMs), epoch: Math.floor(nowMs / 1_000) } }
}

/** A public trade. Its side is the maker's. */
export function tradeAnswer({ rules }: Market, { id, price, quantity, timeMs, isBuyerMaker }: PublicTrade) {
  return {
    trade_id: String(id),
    product_id: rules.symbol,
    price: amountText(price),
    size: amountText(quantity),
    time: momentText(timeMs),
    side: isBuyerMaker ? "BUY" : "SELL",
    exchange: "",
  }
}

/** A candle; its start is in seconds. */
export function candleAnswer({ openTimeMs, open, high, low, close, volume }: Candle) {
  return {
    start: String(openTimeMs / 1_000),
    low: amountText(low),
    high: amountText(high),
    open: amountText(open),
    close: amountText(close),
    volume: amountText(volume),
  }
}

function* candlesInSteps(market: Market, query: Parameters<Market["candles"]["list"]>[0]): Work<unknown> {
  const candles = yield* market.candles.list(query)
  return { candles: candles.toReversed().map(candleAnswer) }
}

function bookAnswer({ venue, exchange }: CoinbaseCall, market: Market, limit: number) {
  ensureQuoted(venue, market)
  const rows = (side: "BUY" | "SELL") =>
    market.book.depth(side, limit).map(([price, size]) => ({ price: amountText(price), size: amountText(size) }))
  return {
    product_id: market.rules.symbol,
    bids: rows("BUY"),
    asks: rows("SELL"),
    time: momentText(exchange.state.nowMs()),
  }
}

function bestOf(market: Market, side: "BUY" | "SELL"): string {
  return amountText(market.book.depth(side, 1)[0]?.[0] ?? 0n)
}

function marketOf({ venue }: CoinbaseCall, id: string): Market {
  return venue.markets.get(id) ?? refuseUnknown(`product "${id.slice(0, 40)}" not found`)
}

function secondsIn({ query }: CoinbaseCall, name: string): number {
  const text = query.get(name) ?? ""
  return /^\d{1,12}$/.test(text) ? Number(text) * 1_000 : refuseArgument(`${name} must be a time in seconds`)
}
