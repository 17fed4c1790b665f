import { type Decimal, floorTo, times } from "../decimal.ts"
import type { Market, Movement, Quote } from "../market/market.ts"
import { runTaker } from "./execution.ts"
import type { Side } from "./order.ts"
import type { Resting } from "./order-book.ts"
import type { Venue } from "../venue.ts"

/** One moment of a market: the price moves along its path, quotes follow, orders in its way fill. */
export function tickMarket(venue: Venue, market: Market, nowMs: number): void {
  market.candles.touch(nowMs, market.lastPrice)
  const movement = market.movement(nowMs)
  market.updateId++
  if (market.resting.size === 0) moveFreely(venue, market, movement)
  else moveThroughBook(venue, market, movement)
}

/** Puts the market's own quotes on the book if nobody needed them since the last moment. */
export function ensureQuoted(venue: Venue, market: Market): void {
  if (market.isQuoted) return
  market.isQuoted = true
  const price = floorTo(market.lastPrice, market.rules.tickSize)
  requote(venue, market, market.wantedQuotes({ side: "BUY", price, quantity: 0n }))
}

// No order can trade, so the trade is simply printed; the quotes are remade only when someone looks.
function moveFreely(venue: Venue, market: Market, { side, price, quantity }: Movement): void {
  if (market.isQuoted) withdrawAll(market)
  if (quantity === 0n) return
  const trade = market.print({
    timeMs: venue.nowMs,
    price,
    quantity,
    quote: times(price, quantity),
    isBuyerMaker: side === "SELL",
    buyerOrderId: 0,
    sellerOrderId: 0,
  })
  venue.emit({ kind: "trade", market, trade, atMs: venue.nowMs })
}

function moveThroughBook(venue: Venue, market: Market, movement: Movement): void {
  market.isQuoted = true
  requote(venue, market, market.wantedQuotes(movement))
  takeFromMarket(venue, market, movement)
}

/**
 * Brings the market's own quotes to the target: what stays keeps its place in the queue, what is new may meet orders.
 */
function requote(venue: Venue, market: Market, wanted: Quote[]): void {
  for (const side of ["BUY", "SELL"] as const) {
    const prices = new Set(wanted.flatMap((quote) => (quote.side === side ? [quote.price] : [])))
    for (const [price, quotes] of market.quotes[side]) if (!prices.has(price)) withdraw(market, side, price, quotes)
  }
  for (const quote of wanted) {
    const standing = (market.quotes[quote.side].get(quote.price) ?? []).filter((one) => one.left > 0n)
    const missing = quote.quantity - standing.reduce((sum, one) => sum + one.left, 0n)
    if (missing <= 0n) continue
    const left = takeFromMarket(venue, market, { ...quote, quantity: missing })
    if (left === 0n) continue
    const resting: Resting = { side: quote.side, price: quote.price, left, order: undefined }
    market.book.add(resting)
    market.quotes[quote.side].set(quote.price, [...standing, resting])
  }
}

function withdraw(market: Market, side: Side, price: Decimal, quotes: Resting[]): void {
  for (const quote of quotes) market.book.remove(quote)
  market.quotes[side].delete(price)
}

function withdrawAll(market: Market): void {
  for (const side of ["BUY", "SELL"] as const)
    for (const [price, quotes] of market.quotes[side]) withdraw(market, side, price, quotes)
  market.isQuoted = false
}

/** The market itself takes from the book up to a price; returns what it did not get. */
function takeFromMarket(venue: Venue, market: Market, { side, price, quantity }: Movement): bigint {
  const taker = {
    side,
    limit: price,
    left: quantity,
    budget: undefined,
    accountId: undefined,
    selfTrade: "NONE" as const,
    stepSize: market.rules.stepSize,
  }
  runTaker(venue, market, taker, undefined)
  return taker.left
}
