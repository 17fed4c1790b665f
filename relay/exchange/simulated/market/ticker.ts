import { DAY_MS } from "#engine/candles"
import { formatDecimal as text, ONE } from "../decimal.ts"
import type { Decimal } from "../decimal.ts"
import type { Market } from "./market.ts"
import { ensureQuoted } from "../matching/market-tick.ts"
import type { Venue } from "../venue.ts"

/** Statistics of one market over a span of time that ends now. */
export type Ticker = {
  openMs: number
  closeMs: number
  open: Decimal
  high: Decimal
  low: Decimal
  last: Decimal
  volume: Decimal
  quoteVolume: Decimal
  average: Decimal
  previousClose: Decimal
  firstTradeId: number
  lastTradeId: number
  trades: number
}

/** The market's last `lengthMs` (24 hours by default). */
export function tickerOf(venue: Venue, market: Market, lengthMs = DAY_MS): Ticker {
  const { nowMs } = venue
  const span = market.candles.span(nowMs - lengthMs + 1, nowMs + 1, nowMs)
  const last = market.lastPrice
  const { open, high, low, volume, quoteVolume, trades, firstTradeId, lastTradeId } = span ?? {
    open: last,
    high: last,
    low: last,
    volume: 0n,
    quoteVolume: 0n,
    trades: 0,
    firstTradeId: -1,
    lastTradeId: -1,
  }
  const average = volume > 0n ? (quoteVolume * ONE) / volume : last
  return {
    openMs: nowMs - lengthMs,
    closeMs: nowMs,
    open,
    high,
    low,
    last,
    volume,
    quoteVolume,
    average,
    previousClose: open,
    firstTradeId,
    lastTradeId,
    trades,
  }
}

/** Change over the span, in quote and in percent with three decimals. */
export function changeOf({ open, last }: Ticker): { change: string; percent: string } {
  const thousandths = open === 0n ? 0n : ((last - open) * 100_000n) / open
  return { change: text(last - open), percent: (Number(thousandths) / 1000).toFixed(3) }
}

/** Best bid and ask with their quantities; empty sides are 0. */
export function bestQuotes(venue: Venue, market: Market) {
  ensureQuoted(venue, market)
  const [bid, bidQuantity] = market.book.depth("BUY", 1)[0] ?? [0n, 0n]
  const [ask, askQuantity] = market.book.depth("SELL", 1)[0] ?? [0n, 0n]
  return { bid: text(bid), bidQuantity: text(bidQuantity), ask: text(ask), askQuantity: text(askQuantity) }
}
