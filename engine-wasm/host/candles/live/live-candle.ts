import type { CandleColumns } from "../candles.ts"
import { candleOpenMs } from "../timeframe.ts"

/** One candle of a live market. `openTimeMs` is UTC; prices in quote currency, volume in base units. */
export type LiveCandle = { openTimeMs: number; open: number; high: number; low: number; close: number; volume: number }

/** A tenth or ten times the last price within one candle is a misprint, not a market. */
const JUMP_FACTOR = 10

/**
 * What is wrong with a candle from a stream, as the rest of a sentence, or undefined. Compares it with `lastPrice`;
 * leave that out for history: an exchange's history is right, however wild.
 */
export function defectOf(candle: LiveCandle, timeframeMs: number, lastPrice?: number): string | undefined {
  const { openTimeMs, open, high, low, close, volume } = candle
  const prices = [open, high, low, close]
  if (!prices.every((price) => Number.isFinite(price) && price > 0)) return "a price that is not above zero"
  if (high < Math.max(open, close) || low > Math.min(open, close)) return "a high or low on the wrong side"
  if (!(volume >= 0 && Number.isFinite(volume))) return "a volume that is no amount"
  if (!Number.isSafeInteger(openTimeMs) || candleOpenMs(openTimeMs, timeframeMs) !== openTimeMs)
    return "a time between two candles"
  return lastPrice !== undefined && prices.some((price) => isJump(price, lastPrice))
    ? "a price more than ten times away from the last"
    : undefined
}

/** Whether a price cannot follow `lastPrice` in a sane market. */
export function isJump(price: number, lastPrice: number): boolean {
  return price >= lastPrice * JUMP_FACTOR || price <= lastPrice / JUMP_FACTOR
}

/** Whether two candles agree about the same time. */
export function sameCandle(one: LiveCandle, other: LiveCandle): boolean {
  return (Object.keys(one) as (keyof LiveCandle)[]).every((key) => one[key] === other[key])
}

/** The candle after a further trade within its time. */
export function withTrade(candle: LiveCandle, price: number, quantity: number): LiveCandle {
  const { high, low, volume } = candle
  return { ...candle, high: Math.max(high, price), low: Math.min(low, price), close: price, volume: volume + quantity }
}

/** Candles as columns, for the engine and the store. */
export function candleColumnsOf(candles: LiveCandle[]): CandleColumns {
  const column = (name: keyof LiveCandle) => Float64Array.from(candles, (candle) => candle[name])
  return {
    openTimeMs: column("openTimeMs"),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
  }
}
