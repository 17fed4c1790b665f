// How a forecasting model lies among an instruction's numbers. The host writes it (host/strategy/model), the assembly
// reads it.

/** How a model's features become one number. */
export enum ForecastKind {
  /** A weighted sum of the last candle's features. */
  linear,
  /** A long short-term memory over a window of candles (Hochreiter and Schmidhuber, 1997). */
  lstm,
  /** The nearest of several centres: the number of a regime. */
  regimes,
}

/** The first numbers; then when each part may first be used (candle's opening, UTC ms), then the parts' weights. */
export enum ForecastNumber {
  kind,
  features,
  window,
  /** Units of the memory, or the number of centres. */
  units,
  partCount,
  /** How many weights each part has. */
  partLength,
  length,
}

/** What is cut off, in training as in forecasts. */
export enum ForecastCap {
  /** A standardised feature is no further from 0 than this. */
  deviations = 10,
}

/** The last weights of a part: how its one number becomes a forecast. */
export enum ForecastTail {
  valueScale,
  valueShift,
  probabilitySlope,
  probabilityShift,
  band,
  /** What of the target counts as the event; the host's own. */
  threshold,
  /** The share of events in the training part; the host's own. */
  baseRate,
  length,
}
