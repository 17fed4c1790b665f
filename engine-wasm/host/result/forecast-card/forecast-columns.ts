/**
 * What a model forecast, candle by candle, and what then came. One row per candle without gaps in the count: the
 * outcome of row i is at row i + horizonCandles. NaN is not known.
 */
export type ForecastColumns = {
  openTimeMs: Float64Array
  close: Float64Array
  /** Of the event, 0 to 1. */
  probability: Float64Array
  /** The share of events in the part the model was trained on, 0 to 1. */
  naiveProbability: Float64Array
  value: Float64Array
  /** What `value` forecasts: percent over the horizon, or volatility. */
  actual: Float64Array
  /** 1 or 0; NaN as long as it is not known. */
  happened: Float64Array
  /** -Infinity for what needs no training. */
  trainedUntilMs: Float64Array
  /** Of volatility no trade is made: it says how far, not where to. */
  target: "direction" | "return" | "volatility"
  horizonCandles: number
  timeframeMs: number
  feePercent: number
}

/**
 * Rows whose outcome is known and whose model was trained, outcomes included, before their candle opened. A row whose
 * training is not known could be one it was trained on.
 */
export function unseenRows(columns: ForecastColumns): number[] {
  return forecastRows(columns).filter((row) => isUnseen(row, columns))
}

/** How many forecasts with a known outcome the model, or so it may be, was trained on. */
export function seenCount(columns: ForecastColumns): number {
  return forecastRows(columns).filter((row) => !isUnseen(row, columns)).length
}

/** Of rows in rising order those whose outcomes do not overlap: each is at least a horizon after the one before. */
export function independentRows(rows: readonly number[], horizonCandles: number): number[] {
  const chosen: number[] = []
  let next = -Infinity
  for (const row of rows) {
    if (row < next) continue
    chosen.push(row)
    next = row + horizonCandles
  }
  return chosen
}

/** A column's values at these rows. */
export function valuesAt(column: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => column[row])
}

function forecastRows({ probability, naiveProbability, happened }: ForecastColumns): number[] {
  const rows: number[] = []
  for (let row = 0; row < probability.length; row++)
    if (Number.isFinite(probability[row] + naiveProbability[row] + happened[row])) rows.push(row)
  return rows
}

function isUnseen(row: number, { openTimeMs, trainedUntilMs, horizonCandles, timeframeMs }: ForecastColumns): boolean {
  return openTimeMs[row] >= trainedUntilMs[row] + horizonCandles * timeframeMs
}
