import { averageBody, dojiBody } from "./candle-measure"
import { insideBody } from "./harami"
import { RecentCandles } from "./recent-candles"

/**
 * Harami cross (TA-Lib CDLHARAMICROSS): a doji inside the long body before. 100 or -100; 80 or -80 when one end is
 * the same; else 0.
 */
export function haramiCross(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  if (candles.body(1) <= averageBody(candles, 1) || candles.body(0) > dojiBody(candles, 0)) return 0
  return insideBody(candles)
}
