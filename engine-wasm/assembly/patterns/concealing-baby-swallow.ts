import { veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Concealing baby swallow (TA-Lib CDLCONCEALBABYSWALL): four black candles, the last swallowing the third whole. 100
 * or 0.
 */
export function concealingBabySwallow(candles: RecentCandles): f64 {
  if (!candles.knows(14)) return NaN
  const found =
    candles.isBlack(3) && candles.isBlack(2) && candles.isBlack(1) && candles.isBlack(0) &&
    hasNoShadows(candles, 3) && hasNoShadows(candles, 2) && candles.bodyGapsDown(1, 2) &&
    candles.upperShadow(1) > veryShortShadow(candles, 1) && candles.high(1) > candles.close(2) &&
    candles.high(0) > candles.high(1) && candles.low(0) < candles.low(1)
  return found ? 100 : 0
}

function hasNoShadows(candles: RecentCandles, ago: i32): bool {
  const tiny = veryShortShadow(candles, ago)
  return candles.lowerShadow(ago) < tiny && candles.upperShadow(ago) < tiny
}
