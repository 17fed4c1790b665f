import { dojiBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Tristar (TA-Lib CDLTRISTAR): three dojis, the middle one gapping away from the others. 100, -100 or 0. */
export function tristar(candles: RecentCandles): f64 {
  if (!candles.knows(13)) return NaN
  const limit = dojiBody(candles, 2)
  if (candles.body(2) > limit || candles.body(1) > limit || candles.body(0) > limit) return 0
  if (candles.bodyGapsUp(1, 2) && candles.bodyTop(0) < candles.bodyTop(1)) return -100
  return candles.bodyGapsDown(1, 2) && candles.bodyBottom(0) > candles.bodyBottom(1) ? 100 : 0
}
