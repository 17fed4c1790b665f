import { averageBody, veryLongShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** High wave (TA-Lib CDLHIGHWAVE): a small body between two very long shadows. 100, -100 (the candle's colour) or 0. */
export function highWave(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  const long = veryLongShadow(candles, 0)
  const found = candles.body(0) < averageBody(candles, 0) && candles.upperShadow(0) > long && candles.lowerShadow(0) > long
  return found ? candles.color(0) * 100 : 0
}
