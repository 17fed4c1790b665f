import { RecentCandles } from "./recent-candles"

/**
 * Upside and downside gap three methods (TA-Lib CDLXSIDEGAP3METHODS): two candles with a gap, and a third from the
 * second's body into the first's. 100, -100 or 0.
 */
export function sideGapThreeMethods(candles: RecentCandles): f64 {
  if (!candles.knows(3)) return NaN
  const way = candles.color(2)
  const shape = candles.color(1) == way && candles.color(0) == -way && (way > 0 ? candles.bodyGapsUp(1, 2) : candles.bodyGapsDown(1, 2))
  return shape && isWithin(candles.open(0), candles, 1) && isWithin(candles.close(0), candles, 2) ? way * 100 : 0
}

function isWithin(price: f64, candles: RecentCandles, ago: i32): bool {
  return price < candles.bodyTop(ago) && price > candles.bodyBottom(ago)
}
