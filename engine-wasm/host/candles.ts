/**
 * Columns of candles, oldest first. Times are UTC milliseconds of each candle's open; prices in quote currency per base unit,
 * volume in base units. `extra` holds further numeric columns of the file under their own names (NaN where a cell was empty).
 */
export type Candles = {
  openTimeMs: Float64Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  extra: Record<string, Float64Array>
  /** The grid: the shortest usual distance between candles. */
  timeframeMs: number
  /** Most digits after the decimal point in any price: prices lie on a grid of 10^-priceDecimals. 13 or more means "no grid". */
  priceDecimals: number
}
