import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Three inside up and down (TA-Lib CDL3INSIDE): a harami, confirmed by a third candle closing beyond the first's
 * open. 100, -100 or 0.
 */
export function threeInside(candles: RecentCandles): f64 {
  if (!candles.knows(13)) return NaN
  const harami =
    candles.body(2) > averageBody(candles, 2) && candles.body(1) <= averageBody(candles, 1) &&
    candles.bodyTop(1) < candles.bodyTop(2) && candles.bodyBottom(1) > candles.bodyBottom(2)
  if (!harami) return 0
  if (candles.isWhite(2)) return candles.isBlack(0) && candles.close(0) < candles.open(2) ? -100 : 0
  return candles.isWhite(0) && candles.close(0) > candles.open(2) ? 100 : 0
}
