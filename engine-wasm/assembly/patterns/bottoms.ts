// Falls that lose their strength.
import { averageBody, longShadow, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Ladder bottom: four falling black candles, the last with an upper shadow, then a white one above it. 100 or 0. */
export function cdlladderbottom(candles: RecentCandles): f64 {
  const ladder =
    candles.isBlack(4) && candles.isBlack(3) && candles.isBlack(2) && candles.isBlack(1) &&
    candles.open(4) > candles.open(3) && candles.open(3) > candles.open(2) &&
    candles.close(4) > candles.close(3) && candles.close(3) > candles.close(2)
  const found =
    ladder && candles.upperShadow(1) > veryShortShadow(candles, 1) && candles.isWhite(0) &&
    candles.open(0) > candles.open(1) && candles.close(0) > candles.high(1)
  return found ? 100 : 0
}

/**
 * Unique three river: a long black candle, a black harami with a lower low, a small white one above that low. 100 or
 * 0.
 */
export function cdlunique3river(candles: RecentCandles): f64 {
  const found =
    candles.body(2) > averageBody(candles, 2) && candles.isBlack(2) && candles.isBlack(1) &&
    candles.close(1) > candles.close(2) && candles.open(1) <= candles.open(2) && candles.low(1) < candles.low(2) &&
    candles.body(0) < averageBody(candles, 0) && candles.isWhite(0) && candles.open(0) > candles.low(1)
  return found ? 100 : 0
}

/** Three stars in the south: three black candles, each smaller, the last without shadows. 100 or 0. */
export function cdl3starsinsouth(candles: RecentCandles): f64 {
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

/** Concealing baby swallow: four black candles, the last swallowing the third whole. 100 or 0. */
export function cdlconcealbabyswall(candles: RecentCandles): f64 {
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
