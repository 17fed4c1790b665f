import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Spinning top (TA-Lib CDLSPINNINGTOP): a small body between shadows longer than itself. 100, -100 (the candle's
 * colour) or 0.
 */
export function spinningTop(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  const body = candles.body(0)
  const found = body < averageBody(candles, 0) && candles.upperShadow(0) > body && candles.lowerShadow(0) > body
  return found ? candles.color(0) * 100 : 0
}
