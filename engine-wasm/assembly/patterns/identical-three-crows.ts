import { areEqual, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Identical three crows (TA-Lib CDLIDENTICAL3CROWS): three falling black candles, each opening at the close before.
 * -100 or 0.
 */
export function identicalThreeCrows(candles: RecentCandles): f64 {
  if (!candles.knows(13)) return NaN
  const found =
    isCrow(candles, 2) && isCrow(candles, 1) && isCrow(candles, 0) &&
    candles.close(2) > candles.close(1) && candles.close(1) > candles.close(0) &&
    areEqual(candles, candles.open(1), candles.close(2), 2) && areEqual(candles, candles.open(0), candles.close(1), 1)
  return found ? -100 : 0
}

function isCrow(candles: RecentCandles, ago: i32): bool {
  return candles.isBlack(ago) && candles.lowerShadow(ago) < veryShortShadow(candles, ago)
}
