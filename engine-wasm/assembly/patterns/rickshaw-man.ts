import { dojiBody, longShadow, near } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Rickshaw man (TA-Lib CDLRICKSHAWMAN): a doji in the middle of two long shadows. 100 or 0. */
export function rickshawMan(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  const long = longShadow(candles, 0)
  const legs = candles.body(0) <= dojiBody(candles, 0) && candles.lowerShadow(0) > long && candles.upperShadow(0) > long
  if (!legs) return 0
  const middle = candles.low(0) + candles.range(0) / 2
  const slack = near(candles, 0)
  return candles.bodyBottom(0) <= middle + slack && candles.bodyTop(0) >= middle - slack ? 100 : 0
}
