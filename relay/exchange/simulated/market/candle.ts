import { type Decimal, greatest, least } from "../decimal.ts"
import type { PublicTrade } from "./market.ts"

/** One candle with all of Binance's fields. `closeTimeMs` is its last millisecond. */
export type Candle = {
  openTimeMs: number
  closeTimeMs: number
  open: Decimal
  high: Decimal
  low: Decimal
  close: Decimal
  volume: Decimal
  quoteVolume: Decimal
  takerVolume: Decimal
  takerQuoteVolume: Decimal
  trades: number
  /** -1 when nothing traded or the trades are from before the exchange started. */
  firstTradeId: number
  lastTradeId: number
}

/** A candle without a trade yet: flat at one price. */
export function flatCandle(openTimeMs: number, lengthMs: number, price: Decimal): Candle {
  const flat = {
    open: price,
    high: price,
    low: price,
    close: price,
    volume: 0n,
    quoteVolume: 0n,
    takerVolume: 0n,
    takerQuoteVolume: 0n,
  }
  return { openTimeMs, closeTimeMs: openTimeMs + lengthMs - 1, ...flat, trades: 0, firstTradeId: -1, lastTradeId: -1 }
}

/** Adds a trade to a candle. */
export function addTrade(candle: Candle, trade: PublicTrade): void {
  if (candle.trades === 0)
    Object.assign(candle, { open: trade.price, high: trade.price, low: trade.price, firstTradeId: trade.id })
  candle.high = greatest(candle.high, trade.price)
  candle.low = least(candle.low, trade.price)
  candle.close = trade.price
  candle.volume += trade.quantity
  candle.quoteVolume += trade.quote
  if (!trade.isBuyerMaker) {
    candle.takerVolume += trade.quantity
    candle.takerQuoteVolume += trade.quote
  }
  candle.trades++
  candle.lastTradeId = trade.id
}

/** Two neighbouring candles as one; either may be missing. */
export function mergeCandles(earlier: Candle | undefined, later: Candle | undefined): Candle | undefined {
  if (!earlier || !later) return earlier ?? later
  return {
    openTimeMs: earlier.openTimeMs,
    closeTimeMs: later.closeTimeMs,
    open: earlier.open,
    high: greatest(earlier.high, later.high),
    low: least(earlier.low, later.low),
    close: later.close,
    volume: earlier.volume + later.volume,
    quoteVolume: earlier.quoteVolume + later.quoteVolume,
    takerVolume: earlier.takerVolume + later.takerVolume,
    takerQuoteVolume: earlier.takerQuoteVolume + later.takerQuoteVolume,
    trades: earlier.trades + later.trades,
    firstTradeId: earlier.firstTradeId === -1 ? later.firstTradeId : earlier.firstTradeId,
    lastTradeId: later.lastTradeId === -1 ? earlier.lastTradeId : later.lastTradeId,
  }
}
