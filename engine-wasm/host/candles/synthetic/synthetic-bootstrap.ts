import { columnsBy, type CandleColumns, type Candles } from "../candles.ts"
import { priceDecimalsOf } from "../price-decimals.ts"
import { SeededChance } from "./seeded-chance.ts"
import { ticksPerUnit } from "./synthetic-candles.ts"

export type BootstrapRequest = {
  /** The real market whose candles we draw, with their shapes and volumes. */
  source: Candles
  /** Any whole number; the same seed and source give the same bits everywhere. */
  seed: number
  /** How many candles to make. */
  candles: number
  /**
   * How many neighbours stay together, so that calm and wild stretches survive; at least 1, at most what the source
   * has.
   */
  blockCandles: number
  /** UTC ms of the first candle's open. */
  startMs: number
  /** Quote currency. */
  startPrice: number
}

/**
 * Another past of a real market: stretches of its candles drawn by chance and put one after the other. The
 * moving-block bootstrap of H. Künsch, "The Jackknife and the Bootstrap for General Stationary Observations" (1989),
 * of candles relative to the close before them. Only multiplication and division, no logarithm, so that equal
 * requests give equal bits.
 */
export function bootstrapCandles({
  source,
  seed,
  candles,
  blockCandles,
  startMs,
  startPrice,
}: BootstrapRequest): Candles {
  const chance = new SeededChance(seed)
  const block = Math.max(1, Math.min(blockCandles, source.close.length))
  const columns = columnsBy(() => new Float64Array(candles))
  const price = { close: startPrice, scale: ticksPerUnit(startPrice) }
  for (let at = 0; at < candles; at += block) {
    const from = Math.floor(chance.uniform() * (source.close.length - block + 1))
    for (let step = 0; step < block && at + step < candles; step++)
      drawCandle(columns, at + step, { source, index: from + step, price })
  }
  for (let at = 0; at < candles; at++) columns.openTimeMs[at] = startMs + at * source.timeframeMs
  return { ...columns, extra: {}, timeframeMs: source.timeframeMs, priceDecimals: priceDecimalsOf(columns) }
}

type Drawn = { source: Candles; index: number; price: { close: number; scale: number } }

function drawCandle(columns: CandleColumns, at: number, { source, index, price }: Drawn): void {
  const share = price.close / priceBefore(source, index)
  for (const name of ["open", "high", "low", "close"] as const) {
    columns[name][at] = Math.max(1, Math.round(source[name][index] * share * price.scale)) / price.scale
  }
  columns.volume[at] = source.volume[index]
  price.close = columns.close[at]
}

/**
 * The close before a candle; its own open where there is none, or only one beyond a gap: a move over a gap is not a
 * single candle's.
 */
function priceBefore({ openTimeMs, open, close, timeframeMs }: Candles, index: number): number {
  const follows = index > 0 && openTimeMs[index] - openTimeMs[index - 1] === timeframeMs
  return follows ? close[index - 1] : open[index]
}
