import { averageBody, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Kicking (TA-Lib CDLKICKING): two marubozus of opposite colours with a gap between them. 100, -100 (the second's
 * colour) or 0.
 */
export function kicking(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  return kicks(candles) ? candles.color(0) * 100 : 0
}

/** Whether two marubozus of opposite colours lie apart, the second away from the first's direction. */
export function kicks(candles: RecentCandles): bool {
  if (candles.color(1) == candles.color(0) || !isMarubozu(candles, 1) || !isMarubozu(candles, 0)) return false
  return candles.isBlack(1) ? candles.gapsUp(0) : candles.gapsDown(0)
}

function isMarubozu(candles: RecentCandles, ago: i32): bool {
  const tiny = veryShortShadow(candles, ago)
  return candles.body(ago) > averageBody(candles, ago) && candles.upperShadow(ago) < tiny && candles.lowerShadow(ago) < tiny
}
