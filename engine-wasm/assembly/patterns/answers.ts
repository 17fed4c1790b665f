// Two or three candles whose closes or opens meet.
import { areEqual, averageBody, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Piercing line: after a long black candle a long white one opens below its low and closes above its middle. 100 or 0.
 */
export function cdlpiercing(candles: RecentCandles): f64 {
  const found =
    candles.isBlack(1) && candles.body(1) > averageBody(candles, 1) && candles.isWhite(0) && candles.body(0) > averageBody(candles, 0) &&
    candles.open(0) < candles.low(1) && candles.close(0) < candles.open(1) &&
    candles.close(0) > candles.close(1) + candles.body(1) * 0.5
  return found ? 100 : 0
}

/**
 * Dark cloud cover: after a long white candle a black one that opens above its high and closes within its body, deeper
 * than `penetration`, a share of it. -100 or 0.
 */
export function cdldarkcloudcover(candles: RecentCandles, penetration: f64): f64 {
  const found =
    candles.isWhite(1) && candles.body(1) > averageBody(candles, 1) && candles.isBlack(0) && candles.open(0) > candles.high(1) &&
    candles.close(0) > candles.open(1) && candles.close(0) < candles.close(1) - candles.body(1) * penetration
  return found ? -100 : 0
}

/** Counterattack: two long candles of opposite colours with the same close. 100, -100 or 0. */
export function cdlcounterattack(candles: RecentCandles): f64 {
  const found =
    candles.color(1) == -candles.color(0) && candles.body(1) > averageBody(candles, 1) && candles.body(0) > averageBody(candles, 0) &&
    areEqual(candles, candles.close(0), candles.close(1), 1)
  return found ? candles.color(0) * 100 : 0
}

/** Separating lines: two candles of opposite colours with the same open, the second a belt hold. 100, -100 or 0. */
export function cdlseparatinglines(candles: RecentCandles): f64 {
  const shape =
    candles.color(1) == -candles.color(0) && areEqual(candles, candles.open(0), candles.open(1), 1) &&
    candles.body(0) > averageBody(candles, 0)
  if (!shape) return 0
  const shadow = candles.isWhite(0) ? candles.lowerShadow(0) : candles.upperShadow(0)
  return shadow < veryShortShadow(candles, 0) ? candles.color(0) * 100 : 0
}

/** Matching low: two black candles with the same close. 100 or 0. */
export function cdlmatchinglow(candles: RecentCandles): f64 {
  return candles.isBlack(1) && candles.isBlack(0) && areEqual(candles, candles.close(0), candles.close(1), 1) ? 100 : 0
}

/** Stick sandwich: a white candle between two black ones with the same close. 100 or 0. */
export function cdlsticksandwich(candles: RecentCandles): f64 {
  const found =
    candles.isBlack(2) && candles.isWhite(1) && candles.isBlack(0) && candles.low(1) > candles.close(2) &&
    areEqual(candles, candles.close(0), candles.close(2), 2)
  return found ? 100 : 0
}

/** Kicking: two marubozus of opposite colours with a gap between them. 100, -100 (the second's colour) or 0. */
export function cdlkicking(candles: RecentCandles): f64 {
  return kicks(candles) ? candles.color(0) * 100 : 0
}

// Two marubozus of opposite colours are apart, the second away from the first's direction.
function kicks(candles: RecentCandles): bool {
  if (candles.color(1) == candles.color(0) || !isMarubozu(candles, 1) || !isMarubozu(candles, 0)) return false
  return candles.isBlack(1) ? candles.gapsUp(0) : candles.gapsDown(0)
}

function isMarubozu(candles: RecentCandles, ago: i32): bool {
  const tiny = veryShortShadow(candles, ago)
  return candles.body(ago) > averageBody(candles, ago) && candles.upperShadow(ago) < tiny && candles.lowerShadow(ago) < tiny
}

/** Kicking by length: kicking, with the colour of the longer marubozu. 100, -100 or 0. */
export function cdlkickingbylength(candles: RecentCandles): f64 {
  if (!kicks(candles)) return 0
  return candles.color(candles.body(0) > candles.body(1) ? 0 : 1) * 100
}
