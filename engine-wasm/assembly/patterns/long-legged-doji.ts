import { dojiBody, longShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Long-legged doji (TA-Lib CDLLONGLEGGEDDOJI): a doji with a long shadow. 100 or 0. */
export function longLeggedDoji(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  if (candles.body(0) > dojiBody(candles, 0)) return 0
  const long = longShadow(candles, 0)
  return candles.lowerShadow(0) > long || candles.upperShadow(0) > long ? 100 : 0
}
