// What one candle says by itself: the length of its body and of its shadows.
import { averageBody, shortShadow, veryLongShadow, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Belt hold: a long candle that opens at its very end. 100, -100 or 0. */
export function cdlbelthold(candles: RecentCandles): f64 {
  if (candles.body(0) <= averageBody(candles, 0)) return 0
  const shadow = candles.isWhite(0) ? candles.lowerShadow(0) : candles.upperShadow(0)
  return shadow < veryShortShadow(candles, 0) ? candles.color(0) * 100 : 0
}

/** Closing marubozu: a long candle that closes at its very end. 100, -100 or 0. */
export function cdlclosingmarubozu(candles: RecentCandles): f64 {
  if (candles.body(0) <= averageBody(candles, 0)) return 0
  const shadow = candles.isWhite(0) ? candles.upperShadow(0) : candles.lowerShadow(0)
  return shadow < veryShortShadow(candles, 0) ? candles.color(0) * 100 : 0
}

/** Marubozu: a long body with next to no shadows. 100, -100 (the candle's colour) or 0. */
export function cdlmarubozu(candles: RecentCandles): f64 {
  if (candles.body(0) <= averageBody(candles, 0)) return 0
  const tiny = veryShortShadow(candles, 0)
  return candles.upperShadow(0) < tiny && candles.lowerShadow(0) < tiny ? candles.color(0) * 100 : 0
}

/** Long line: a long body with short shadows. 100, -100 (the candle's colour) or 0. */
export function cdllongline(candles: RecentCandles): f64 {
  if (candles.body(0) <= averageBody(candles, 0)) return 0
  const short = shortShadow(candles, 0)
  return candles.upperShadow(0) < short && candles.lowerShadow(0) < short ? candles.color(0) * 100 : 0
}

/** Short line: a small body with short shadows. 100, -100 (the candle's colour) or 0. */
export function cdlshortline(candles: RecentCandles): f64 {
  if (candles.body(0) >= averageBody(candles, 0)) return 0
  const short = shortShadow(candles, 0)
  return candles.upperShadow(0) < short && candles.lowerShadow(0) < short ? candles.color(0) * 100 : 0
}

/** Spinning top: a small body between shadows longer than itself. 100, -100 (the candle's colour) or 0. */
export function cdlspinningtop(candles: RecentCandles): f64 {
  const body = candles.body(0)
  const found = body < averageBody(candles, 0) && candles.upperShadow(0) > body && candles.lowerShadow(0) > body
  return found ? candles.color(0) * 100 : 0
}

/** High wave: a small body between two very long shadows. 100, -100 (the candle's colour) or 0. */
export function cdlhighwave(candles: RecentCandles): f64 {
  const long = veryLongShadow(candles, 0)
  const found = candles.body(0) < averageBody(candles, 0) && candles.upperShadow(0) > long && candles.lowerShadow(0) > long
  return found ? candles.color(0) * 100 : 0
}
