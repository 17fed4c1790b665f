import { averageBody, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Belt hold (TA-Lib CDLBELTHOLD): a long candle that opens at its very end. 100, -100 or 0. */
export function beltHold(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  if (candles.body(0) <= averageBody(candles, 0)) return 0
  const shadow = candles.isWhite(0) ? candles.lowerShadow(0) : candles.upperShadow(0)
  return shadow < veryShortShadow(candles, 0) ? candles.color(0) * 100 : 0
}
