import { veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Ladder bottom (TA-Lib CDLLADDERBOTTOM): four falling black candles, the last with an upper shadow, then a white one
 * above it. 100 or 0.
 */
export function ladderBottom(candles: RecentCandles): f64 {
  if (!candles.knows(15)) return NaN
  const ladder =
    candles.isBlack(4) && candles.isBlack(3) && candles.isBlack(2) && candles.isBlack(1) &&
    candles.open(4) > candles.open(3) && candles.open(3) > candles.open(2) &&
    candles.close(4) > candles.close(3) && candles.close(3) > candles.close(2)
  const found =
    ladder && candles.upperShadow(1) > veryShortShadow(candles, 1) && candles.isWhite(0) &&
    candles.open(0) > candles.open(1) && candles.close(0) > candles.high(1)
  return found ? 100 : 0
}
