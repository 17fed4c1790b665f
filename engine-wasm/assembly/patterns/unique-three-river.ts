import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Unique three river (TA-Lib CDLUNIQUE3RIVER): a long black candle, a black harami with a lower low, a small white
 * one above that low. 100 or 0.
 */
export function uniqueThreeRiver(candles: RecentCandles): f64 {
  if (!candles.knows(13)) return NaN
  const found =
    candles.body(2) > averageBody(candles, 2) && candles.isBlack(2) && candles.isBlack(1) &&
    candles.close(1) > candles.close(2) && candles.open(1) <= candles.open(2) && candles.low(1) < candles.low(2) &&
    candles.body(0) < averageBody(candles, 0) && candles.isWhite(0) && candles.open(0) > candles.low(1)
  return found ? 100 : 0
}
