import { averageBody, shortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Long line (TA-Lib CDLLONGLINE): a long body with short shadows. 100, -100 (the candle's colour) or 0. */
export function longLine(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  if (candles.body(0) <= averageBody(candles, 0)) return 0
  const short = shortShadow(candles, 0)
  return candles.upperShadow(0) < short && candles.lowerShadow(0) < short ? candles.color(0) * 100 : 0
}
