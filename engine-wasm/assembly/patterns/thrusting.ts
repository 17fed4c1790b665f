import { averageBody, equal } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Thrusting (TA-Lib CDLTHRUSTING): after a long black candle a white one from below its low into the lower half of
 * its body. -100 or 0.
 */
export function thrusting(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  const found =
    candles.isBlack(1) && candles.body(1) > averageBody(candles, 1) && candles.isWhite(0) && candles.open(0) < candles.low(1) &&
    candles.close(0) > candles.close(1) + equal(candles, 1) && candles.close(0) <= candles.close(1) + candles.body(1) * 0.5
  return found ? -100 : 0
}
