import { areEqual } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Matching low (TA-Lib CDLMATCHINGLOW): two black candles with the same close. 100 or 0. */
export function matchingLow(candles: RecentCandles): f64 {
  if (!candles.knows(7)) return NaN
  return candles.isBlack(1) && candles.isBlack(0) && areEqual(candles, candles.close(0), candles.close(1), 1) ? 100 : 0
}
