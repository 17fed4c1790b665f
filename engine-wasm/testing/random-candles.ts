import type { Columns } from "./operator-harness.ts"
import { HOUR_MS } from "../host/candles/timeframe.ts"

/** Chance from a seed: numbers in [0, 1), the same every time (mulberry32, Tommy Ettinger). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * A made-up market of hourly candles on a grid of `tick`, wandering around `price`; consistent (low <= open, close <=
 * high).
 */
export function randomCandles(
  count: number,
  { seed = 1, price = 30_000, tick = 0.01, move = 0.01 } = {},
): Required<Columns> {
  const random = seededRandom(seed)
  const round = (value: number) => Number((Math.max(1, Math.round(value / tick)) * tick).toPrecision(15))
  const column = () => new Float64Array(count)
  const candles = {
    time: column(),
    index: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  }
  let close = price
  for (let i = 0; i < count; i++) {
    const open = round(close * (1 + move * 0.1 * (random() - 0.5)))
    close = round(open * (1 + move * (random() - 0.5)) + 0.02 * move * (price - open))
    candles.index[i] = 460_000 + i
    candles.time[i] = candles.index[i]! * HOUR_MS
    candles.open[i] = open
    candles.close[i] = close
    candles.high[i] = round(Math.max(open, close) * (1 + 0.3 * move * random()))
    candles.low[i] = round(Math.min(open, close) * (1 - 0.3 * move * random()))
    candles.volume[i] = Math.round(random() * 1e6) / 1e3
  }
  return candles
}
