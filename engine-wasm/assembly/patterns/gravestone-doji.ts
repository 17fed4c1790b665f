import { dojiBody, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Gravestone doji (TA-Lib CDLGRAVESTONEDOJI): a doji at the bottom of its candle, with an upper shadow only. 100 or
 * 0.
 */
export function gravestoneDoji(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  if (candles.body(0) > dojiBody(candles, 0)) return 0
  const tiny = veryShortShadow(candles, 0)
  return candles.lowerShadow(0) < tiny && candles.upperShadow(0) > tiny ? 100 : 0
}
