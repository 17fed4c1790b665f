// A small body at one end of a long shadow, after a move.
import { averageBody, longShadow, near, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Hammer: a small body on a long lower shadow, near the low of the candle before. 100 or 0. */
export function cdlhammer(candles: RecentCandles): f64 {
  return standsOnShadow(candles) && candles.bodyBottom(0) <= candles.low(1) + near(candles, 1) ? 100 : 0
}

/** Hanging man: a small body on a long lower shadow, near the high of the candle before. -100 or 0. */
export function cdlhangingman(candles: RecentCandles): f64 {
  return standsOnShadow(candles) && candles.bodyBottom(0) >= candles.high(1) - near(candles, 1) ? -100 : 0
}

/** Inverted hammer: a small body under a long upper shadow, gapping down. 100 or 0. */
export function cdlinvertedhammer(candles: RecentCandles): f64 {
  return hangsUnderShadow(candles) && candles.bodyGapsDown(0, 1) ? 100 : 0
}

/** Shooting star: a small body under a long upper shadow, gapping up. -100 or 0. */
export function cdlshootingstar(candles: RecentCandles): f64 {
  return hangsUnderShadow(candles) && candles.bodyGapsUp(0, 1) ? -100 : 0
}

function standsOnShadow(candles: RecentCandles): bool {
  const isSmall = candles.body(0) < averageBody(candles, 0)
  return isSmall && candles.lowerShadow(0) > longShadow(candles, 0) && candles.upperShadow(0) < veryShortShadow(candles, 0)
}

function hangsUnderShadow(candles: RecentCandles): bool {
  const isSmall = candles.body(0) < averageBody(candles, 0)
  return isSmall && candles.upperShadow(0) > longShadow(candles, 0) && candles.lowerShadow(0) < veryShortShadow(candles, 0)
}
