import { areEqual, averageBody, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Separating lines (TA-Lib CDLSEPARATINGLINES): two candles of opposite colours with the same open, the second a belt
 * hold. 100, -100 or 0.
 */
export function separatingLines(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  const shape =
    candles.color(1) == -candles.color(0) && areEqual(candles, candles.open(0), candles.open(1), 1) && candles.body(0) > averageBody(candles, 0)
  if (!shape) return 0
  const shadow = candles.isWhite(0) ? candles.lowerShadow(0) : candles.upperShadow(0)
  return shadow < veryShortShadow(candles, 0) ? candles.color(0) * 100 : 0
}
