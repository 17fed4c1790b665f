import { averageBody, equal } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * In-neck (TA-Lib CDLINNECK): after a long black candle a white one opens below its low and closes just at its close.
 * -100 or 0.
 */
export function inNeck(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  const found =
    candles.isBlack(1) && candles.body(1) > averageBody(candles, 1) && candles.isWhite(0) && candles.open(0) < candles.low(1) &&
    candles.close(0) <= candles.close(1) + equal(candles, 1) && candles.close(0) >= candles.close(1)
  return found ? -100 : 0
}
