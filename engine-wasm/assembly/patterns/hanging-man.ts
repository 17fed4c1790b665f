import { averageBody, longShadow, near, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Hanging man (TA-Lib CDLHANGINGMAN): a small body on a long lower shadow, near the high of the candle before. -100
 * or 0.
 */
export function hangingMan(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  const found =
    candles.body(0) < averageBody(candles, 0) && candles.lowerShadow(0) > longShadow(candles, 0) &&
    candles.upperShadow(0) < veryShortShadow(candles, 0) && candles.bodyBottom(0) >= candles.high(1) - near(candles, 1)
  return found ? -100 : 0
}
