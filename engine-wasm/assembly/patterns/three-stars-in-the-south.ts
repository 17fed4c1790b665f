import { averageBody, longShadow, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Three stars in the south (TA-Lib CDL3STARSINSOUTH): three black candles, each smaller, the last without shadows.
 * 100 or 0.
 */
export function threeStarsInTheSouth(candles: RecentCandles): f64 {
  if (!candles.knows(13)) return NaN
  const black = candles.isBlack(2) && candles.isBlack(1) && candles.isBlack(0)
  return black && firstStar(candles) && secondStar(candles) && thirdStar(candles) ? 100 : 0
}

function firstStar(candles: RecentCandles): bool {
  return candles.body(2) > averageBody(candles, 2) && candles.lowerShadow(2) > longShadow(candles, 2)
}

function secondStar(candles: RecentCandles): bool {
  return (
    candles.body(1) < candles.body(2) && candles.open(1) > candles.close(2) && candles.open(1) <= candles.high(2) &&
    candles.low(1) < candles.close(2) && candles.low(1) >= candles.low(2) && candles.lowerShadow(1) > veryShortShadow(candles, 1)
  )
}

function thirdStar(candles: RecentCandles): bool {
  const tiny = veryShortShadow(candles, 0)
  return (
    candles.body(0) < averageBody(candles, 0) && candles.lowerShadow(0) < tiny && candles.upperShadow(0) < tiny &&
    candles.low(0) > candles.low(1) && candles.high(0) < candles.high(1)
  )
}
