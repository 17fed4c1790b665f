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
  /** freqtrade: ROI gives the exit its price; the high moves the stop; a stop on the entry's own candle. */
  freqtradeRoi,
  freqtradeTrail,
  freqtradeEntryCandleStop,
  /** freqtrade: an exit whose price the candle does not hold; a limit entry that waits. */
  freqtradeExitWaits,
  freqtradeLimit,
  /** backtesting.py: a bar before every formula has had a value; a stop or target; a limit inside the bar. */
  backtestingPyWaits,
  backtestingPyContingent,
  backtestingPyLimit,
  /** Decisions: an exit by its condition, by the time stop; both sides at once; a limit entry grows older. */
  decideExit,
  decideTimeStop,
  decideConflict,
  decideAgeing,
  /** Sizes: by risk, by equity, by an amount; no more than the cash pays for, than the cap allows. */
  sizeRisk,
  sizeEquity,
  sizeQuote,
  sizeByCash,
  sizeByCap,
  /** A sweep: a stretch with a position, one whose halves are looked at, one where every candle counts, a day without a candle, coarse columns that are equal. */
  sweepHold,
  sweepHalve,
  sweepEach,
  sweepEmptyDay,
  sweepEqual,
  /** A clock: a candle closes by its last base candle, by a later one, or by a moment without one. */
  clockFull,
  clockLater,
  clockByMoment,
  count,
}
