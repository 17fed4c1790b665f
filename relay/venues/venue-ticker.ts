import type { Ticker } from "ccxt"
import { unreachable } from "./venue-failure.ts"

/** A market at a glance: the last price and the last 24 hours. Undefined where the exchange does not say. */
export type VenueTicker = {
  price: number
  changePercent?: number
  high?: number
  low?: number
  /** Coins, and what was paid for them in quote currency. */
  volume?: number
  quoteVolume?: number
  /** By the exchange's clock, UTC ms. */
  timeMs?: number
}

/** ccxt's ticker; throws for one without a price. */
export function tickerFrom(ticker: Ticker): VenueTicker {
  const { last, percentage, high, low, baseVolume, quoteVolume, timestamp } = ticker
  const price = known(last)
  if (price === undefined || price <= 0) throw unreachable("its answer has no price")
  return {
    price,
    changePercent: known(percentage),
    high: known(high),
    low: known(low),
    volume: known(baseVolume),
    quoteVolume: known(quoteVolume),
    timeMs: known(timestamp),
  }
}

function known(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined
}
