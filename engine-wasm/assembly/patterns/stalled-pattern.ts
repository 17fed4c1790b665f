import { averageBody, near, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Stalled pattern (TA-Lib CDLSTALLEDPATTERN): two long rising white candles and a small one on the second's shoulder.
 * -100 or 0.
 */
export function stalledPattern(candles: RecentCandles): f64 {
  if (!candles.knows(13)) return NaN
  const found =
    candles.isWhite(2) && candles.isWhite(1) && candles.isWhite(0) &&
    candles.close(0) > candles.close(1) && candles.close(1) > candles.close(2) &&
    candles.body(2) > averageBody(candles, 2) && candles.body(1) > averageBody(candles, 1) &&
    candles.upperShadow(1) < veryShortShadow(candles, 1) && candles.open(1) > candles.open(2) &&
    candles.open(1) <= candles.close(2) + near(candles, 2) && candles.body(0) < averageBody(candles, 0) &&
    candles.open(0) >= candles.close(1) - candles.body(0) - near(candles, 1)
  return found ? -100 : 0
}
