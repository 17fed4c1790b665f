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

/** Rows in rising order. */
export type Rows = Int32Array

/** Rows with a forecast and a known outcome, those the model was trained on among them. */
export function knownRows({ probability, naiveProbability, happened }: ForecastColumns): Rows {
  return rowsWhere(probability.length, (row) =>
    Number.isFinite(probability[row] + naiveProbability[row] + happened[row]),
  )
}

/**
 * Of these the rows whose model was trained, outcomes included, before their candle opened. A row whose training is not
 * known could be one it was trained on.
 */
export function unseenRows(rows: Rows, columns: ForecastColumns): Rows {
  const { openTimeMs, trainedUntilMs, horizonCandles, timeframeMs } = columns
  const horizonMs = horizonCandles * timeframeMs
  return rows.filter((row) => openTimeMs[row] >= trainedUntilMs[row] + horizonMs)
}

/** Of these the rows whose outcomes do not overlap: each is at least a horizon after the one before. */
export function independentRows(rows: Rows, horizonCandles: number): Rows {
  let next = -Infinity
  return rows.filter((row) => {
    if (row < next) return false
    next = row + horizonCandles
    return true
  })
}

/** A column's values at these rows. */
export function valuesAt(column: Float64Array, rows: Rows): Float64Array {
  const values = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) values[i] = column[rows[i]]
  return values
}

function rowsWhere(count: number, isOne: (row: number) => boolean): Rows {
  const rows = new Int32Array(count)
  let found = 0
  for (let row = 0; row < count; row++) if (isOne(row)) rows[found++] = row
  return rows.subarray(0, found)
}
