import { columnsBy, type Candles } from "./candles.ts"
import { priceDecimalsOf } from "./price-decimals.ts"
import { GrowingColumn } from "./file/growing-column.ts"
import { candleTimeframesMs, longerOpenMs, type CandleTimeframe } from "./timeframe.ts"

/**
 * Combines candles into a longer timeframe on the UTC grid, days into weeks and months by their own date: first open,
 * highest high, lowest low, last close, summed volume; of extra columns the last value. Spans without any candle stay
 * absent; the last may be unfinished. Undefined unless the length is a multiple of the candles' own.
 */
export function aggregateCandles(candles: Candles, timeframe: CandleTimeframe): Candles | undefined {
  const timeframeMs = candleTimeframesMs[timeframe]
  if (timeframeMs === candles.timeframeMs) return candles
  if (timeframeMs % candles.timeframeMs !== 0) return undefined
  const openTimeMs = candles.openTimeMs.map((time) => longerOpenMs(time, candles.timeframeMs, timeframeMs))
  const lasts = lastIndexes(openTimeMs)
  const columns = columnsBy(() => new Float64Array(lasts.length))
  lasts.forEach((last, span) =>
    writeSpan(candles, { first: span === 0 ? 0 : lasts[span - 1] + 1, last }, columns, span),
  )
  columns.openTimeMs.set(lasts.map((last) => openTimeMs[last]))
  const extra = Object.fromEntries(
    Object.entries(candles.extra).map(([name, column]) => [name, lasts.map((last) => column[last])]),
  )
  return { ...columns, extra, timeframeMs, priceDecimals: priceDecimalsOf(columns) }
}

function writeSpan(
  candles: Candles,
  { first, last }: { first: number; last: number },
  columns: ReturnType<typeof columnsBy>,
  span: number,
): void {
  columns.open[span] = candles.open[first]
  columns.high[span] = candles.high.subarray(first, last + 1).reduce((most, high) => Math.max(most, high))
  columns.low[span] = candles.low.subarray(first, last + 1).reduce((least, low) => Math.min(least, low))
  columns.close[span] = candles.close[last]
  columns.volume[span] = candles.volume.subarray(first, last + 1).reduce((sum, volume) => sum + volume)
}

// The index of the last candle in each span.
function lastIndexes(openTimeMs: Float64Array): Float64Array {
  const lasts = new GrowingColumn()
  for (let index = 0; index < openTimeMs.length; index++)
    if (openTimeMs[index + 1] !== openTimeMs[index]) lasts.push(index)
  return lasts.taken()
}
