import { averageBody, dojiBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Doji star (TA-Lib CDLDOJISTAR): a long candle, then a doji that gaps away in its direction. 100, -100 or 0. */
export function dojiStar(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  if (candles.body(1) <= averageBody(candles, 1) || candles.body(0) > dojiBody(candles, 0)) return 0
  if (candles.isWhite(1)) return candles.bodyGapsUp(0, 1) ? -100 : 0
  return candles.bodyGapsDown(0, 1) ? 100 : 0
}
