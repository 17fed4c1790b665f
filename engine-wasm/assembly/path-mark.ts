/** The paths that random runs must reach, each often enough (engine-wasm/testing/coverage.test.ts). */
export enum Mark {
  /** One market: candles skipped while nothing is owned or ordered. */
  passOver,
  /** One market: a position checked against fixed levels and the exit condition. */
  holdOn,
  /** Even markets: a stretch of candles in which nothing happens anywhere. */
  evenPass,
  /** Even markets: a candle that only moves the best price of a trailing stop. */
  evenFollow,
  /** Even markets: a candle with an event that every market handles. */
  evenMoment,
  /** Many markets: a moment that goes candle by candle. */
  manyMoment,
  count,
}
