import { areEqual, averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * On-neck (TA-Lib CDLONNECK): after a long black candle a white one opens below its low and closes at that low. -100
 * or 0.
 */
export function onNeck(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  const found =
    candles.isBlack(1) && candles.body(1) > averageBody(candles, 1) && candles.isWhite(0) && candles.open(0) < candles.low(1) &&
    areEqual(candles, candles.close(0), candles.low(1), 1)
  return found ? -100 : 0
}
