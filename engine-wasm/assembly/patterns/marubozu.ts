import { averageBody, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Marubozu (TA-Lib CDLMARUBOZU): a long body with next to no shadows. 100, -100 (the candle's colour) or 0. */
export function marubozu(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  if (candles.body(0) <= averageBody(candles, 0)) return 0
  const tiny = veryShortShadow(candles, 0)
  return candles.upperShadow(0) < tiny && candles.lowerShadow(0) < tiny ? candles.color(0) * 100 : 0
}
