import type { Candles } from "../host/candles/candles.ts"
import { candleOpenMs } from "../host/candles/timeframe.ts"

export type BaseCandle = {
  openTimeMs: number
  endTimeMs: number
  open: number
  high: number
  low: number
  close: number
  fundingRate: number
}

/** A market's candles on the strategy's timeframe, in lists by the names formulas use. */
export type StrategyCandles = {
  openTimeMs: number[]
  /** Rule 2: by the clock, but no earlier than the last base candle has ended. */
  endTimeMs: number[]
  open: number[]
  high: number[]
  low: number[]
  close: number[]
  volume: number[]
  priceDecimals: number
}

/** The candles as a list of objects, oldest first; `fundingRate` is NaN where there is none. */
export function baseCandles(candles: Candles): BaseCandle[] {
  const funding = candles.extra["funding"]
  return Array.from(candles.openTimeMs, (openTimeMs, i) => ({
    openTimeMs,
    endTimeMs: openTimeMs + candles.timeframeMs,
    open: candles.open[i],
    high: candles.high[i],
    low: candles.low[i],
    close: candles.close[i],
    fundingRate: funding ? funding[i] : Number.NaN,
  }))
}

/** The candles joined to the strategy's timeframe; spans without a candle stay absent. */
export function strategyCandles(candles: Candles, timeframeMs: number): StrategyCandles {
  const joined: StrategyCandles = {
    openTimeMs: [],
    endTimeMs: [],
    open: [],
    high: [],
    low: [],
    close: [],
    volume: [],
    priceDecimals: candles.priceDecimals,
  }
  candles.openTimeMs.forEach((timeMs, i) => {
    const openMs = candles.timeframeMs === timeframeMs ? timeMs : candleOpenMs(timeMs, timeframeMs)
    if (joined.openTimeMs.at(-1) !== openMs) begin(joined, openMs, candles.open[i])
    const last = joined.openTimeMs.length - 1
    joined.endTimeMs[last] = Math.max(openMs + timeframeMs, timeMs + candles.timeframeMs)
    joined.high[last] = Math.max(joined.high[last], candles.high[i])
    joined.low[last] = Math.min(joined.low[last], candles.low[i])
    joined.close[last] = candles.close[i]
    joined.volume[last] += candles.volume[i]
  })
  return joined
}

function begin(joined: StrategyCandles, openMs: number, price: number): void {
  joined.openTimeMs.push(openMs)
  joined.volume.push(0)
  for (const column of [joined.open, joined.high, joined.low, joined.close]) column.push(price)
}
