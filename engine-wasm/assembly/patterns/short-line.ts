import { averageBody, shortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Short line (TA-Lib CDLSHORTLINE): a small body with short shadows. 100, -100 (the candle's colour) or 0. */
export function shortLine(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  if (candles.body(0) >= averageBody(candles, 0)) return 0
  const short = shortShadow(candles, 0)
  return candles.upperShadow(0) < short && candles.lowerShadow(0) < short ? candles.color(0) * 100 : 0
}
