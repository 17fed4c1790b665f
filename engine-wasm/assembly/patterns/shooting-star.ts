import { averageBody, longShadow, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Shooting star (TA-Lib CDLSHOOTINGSTAR): a small body under a long upper shadow, gapping up. -100 or 0. */
export function shootingStar(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  const found =
    candles.body(0) < averageBody(candles, 0) && candles.upperShadow(0) > longShadow(candles, 0) &&
    candles.lowerShadow(0) < veryShortShadow(candles, 0) && candles.bodyGapsUp(0, 1)
  return found ? -100 : 0
}
