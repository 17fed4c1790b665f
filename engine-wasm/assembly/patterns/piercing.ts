import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Piercing line (TA-Lib CDLPIERCING): after a long black candle a long white one opens below its low and closes above
 * its middle. 100 or 0.
 */
export function piercing(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  const found =
    candles.isBlack(1) && candles.body(1) > averageBody(candles, 1) && candles.isWhite(0) && candles.body(0) > averageBody(candles, 0) &&
    candles.open(0) < candles.low(1) && candles.close(0) < candles.open(1) &&
    candles.close(0) > candles.close(1) + candles.body(1) * 0.5
  return found ? 100 : 0
}
