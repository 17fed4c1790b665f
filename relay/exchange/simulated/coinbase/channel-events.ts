import { MINUTE_MS } from "#engine/candles"
import type { Exchange } from "../exchange-state.ts"
import type { Market, PublicTrade } from "../market/market.ts"
import { openTimeOf } from "../market/interval.ts"
import { bestQuotes, changeOf, tickerOf } from "../market/ticker.ts"
import { ensureQuoted } from "../matching/market-tick.ts"
import type { Venue } from "../venue.ts"
import { amountText } from "./amount.ts"
import { candleAnswer, tradeAnswer } from "./market-routes.ts"
import { momentText } from "./moment.ts"
import { isShown, orderRow } from "./order-answer.ts"
import { productAnswer } from "./product.ts"

// What the channels carry.
// Source: https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-channels

const SNAPSHOT_TRADES = 50
const SNAPSHOT_CANDLES = 12
const CANDLE_MS = 5 * MINUTE_MS
const ALL_LEVELS = 5_000

/** The 24 hours of a market, with its best prices unless they are left out (`ticker_batch`). */
export function tickerRow(venue: Venue, market: Market, isBatch: boolean) {
  const ticker = tickerOf(venue, market)
  const { bid, bidQuantity, ask, askQuantity } = bestQuotes(venue, market)
  const row = {
    type: "ticker",
    product_id: market.rules.symbol,
    price: amountText(market.lastPrice),
    volume_24_h: amountText(ticker.volume),
    low_24_h: amountText(ticker.low),
    high_24_h: amountText(ticker.high),
    low_52_w: amountText(ticker.low),
    high_52_w: amountText(ticker.high),
    price_percent_chg_24_h: changeOf(ticker).percent,
  }
  if (isBatch) return row
  const best = { best_bid: bid, best_bid_quantity: bidQuantity, best_ask: ask, best_ask_quantity: askQuantity }
  return { ...row, ...shortened(best) }
}

/** The candle that forms now, and at the beginning the ones before it. */
export function candleRows({ venue, nowMs }: { venue: Venue; nowMs: number }, market: Market, isFirst: boolean) {
  const openMs = openTimeOf("5m", nowMs)
  const opens = Array.from({ length: isFirst ? SNAPSHOT_CANDLES : 1 }, (_, index) => openMs - index * CANDLE_MS)
  return opens.flatMap((atMs) => {
    const candle = market.candles.candle("5m", atMs, venue.nowMs)
    return candle ? [{ ...candleAnswer(candle), product_id: market.rules.symbol }] : []
  })
}

/** The whole book. */
export function bookRows(venue: Venue, market: Market, atMs: number) {
  ensureQuoted(venue, market)
  const rows = (side: "BUY" | "SELL") =>
    market.book.depth(side, ALL_LEVELS).map(([price, size]): [string, string] => [amountText(price), amountText(size)])
  return levelRows({ bids: rows("BUY"), asks: rows("SELL") }, atMs)
}

/** Levels of a book; a quantity of 0 means that there is nothing left. */
export function levelRows({ bids, asks }: { bids: [string, string][]; asks: [string, string][] }, atMs: number) {
  const rowsOf = (side: "bid" | "offer", levels: [string, string][]) =>
    levels.map(([price_level, new_quantity]) => ({ side, event_time: momentText(atMs), price_level, new_quantity }))
  return [...rowsOf("bid", bids), ...rowsOf("offer", asks)]
}

/** The newest trades, newest first. */
export function lastTrades(market: Market) {
  return market.trades
    .slice(-SNAPSHOT_TRADES)
    .toReversed()
    .map((trade) => tradeAnswer(market, trade))
}

/** One trade as it happens. */
export function tradeRow(market: Market, trade: PublicTrade) {
  return tradeAnswer(market, trade)
}

/** The open orders of an account, newest first. */
export function openOrderRows(exchange: Exchange, accountId: number, products: ReadonlySet<string>) {
  const orders = [...exchange.state.venue.openOrdersOf.get(accountId)!].toReversed()
  return orders
    .filter((order) => isShown(exchange, order) && (products.size === 0 || products.has(order.symbol)))
    .map((order) => orderRow(exchange, order))
}

/** What may be traded, and how. */
export function statusRow(venue: Venue, market: Market) {
  const { product_id, base_currency_id, quote_currency_id, base_increment, quote_increment, display_name, status } =
    productAnswer(venue, market)
  return {
    product_type: "SPOT",
    id: product_id,
    base_currency: base_currency_id,
    quote_currency: quote_currency_id,
    base_increment,
    quote_increment,
    display_name,
    status,
    status_message: "",
    min_market_funds: amountText(market.rules.minNotional),
  }
}

/** A text of the core's without zeros at its end. */
export function shortened<Row extends Record<string, string>>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, text]) => [name, text.replace(/\.?0+$/, "")])) as Row
}
