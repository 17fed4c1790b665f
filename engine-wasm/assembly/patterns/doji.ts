import { dojiBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Doji (TA-Lib CDLDOJI): open and close all but the same. 100 or 0, whatever the direction. */
export function doji(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  return candles.body(0) <= dojiBody(candles, 0) ? 100 : 0
}
