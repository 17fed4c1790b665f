import { near } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Tasuki gap (TA-Lib CDLTASUKIGAP): a gap, and a candle of like size that falls back into it without closing it. 100,
 * -100 or 0.
 */
export function tasukiGap(candles: RecentCandles): f64 {
  if (!candles.knows(8)) return NaN
  if (candles.color(0) == candles.color(1) || !(abs(candles.body(1) - candles.body(0)) < near(candles, 1))) return 0
  return candles.isWhite(1) ? fallsBack(candles) : recovers(candles)
}

function fallsBack(candles: RecentCandles): f64 {
  const found =
    candles.bodyGapsUp(1, 2) && candles.open(0) < candles.close(1) && candles.open(0) > candles.open(1) &&
    candles.close(0) < candles.open(1) && candles.close(0) > candles.bodyTop(2)
  return found ? 100 : 0
}

function recovers(candles: RecentCandles): f64 {
  const found =
    candles.bodyGapsDown(1, 2) && candles.open(0) < candles.open(1) && candles.open(0) > candles.close(1) &&
    candles.close(0) > candles.open(1) && candles.close(0) < candles.bodyBottom(2)
  return found ? -100 : 0
}
