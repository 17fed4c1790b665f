// A gap, and whether it holds.
import { areEqual, near } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Tasuki gap: a gap, and a candle of like size that falls back into it without closing it. 100, -100 or 0. */
export function cdltasukigap(candles: RecentCandles): f64 {
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

/** Side-by-side white lines: after a gap two white candles of like size and open. 100, -100 or 0. */
export function cdlgapsidesidewhite(candles: RecentCandles): f64 {
  const up = candles.bodyGapsUp(1, 2) && candles.bodyGapsUp(0, 2)
  const down = candles.bodyGapsDown(1, 2) && candles.bodyGapsDown(0, 2)
  if (!(up || down) || !candles.isWhite(1) || !candles.isWhite(0)) return 0
  const slack = near(candles, 1)
  const sameSize = candles.body(0) >= candles.body(1) - slack && candles.body(0) <= candles.body(1) + slack
  if (!sameSize || !areEqual(candles, candles.open(0), candles.open(1), 1)) return 0
  return up ? 100 : -100
}

/**
 * Upside and downside gap three methods: two candles with a gap, and a third from the second's body into the first's.
 * 100, -100 or 0.
 */
export function cdlxsidegap3methods(candles: RecentCandles): f64 {
  const way = candles.color(2)
  const shape = candles.color(1) == way && candles.color(0) == -way && (way > 0 ? candles.bodyGapsUp(1, 2) : candles.bodyGapsDown(1, 2))
  return shape && isWithin(candles.open(0), candles, 1) && isWithin(candles.close(0), candles, 2) ? way * 100 : 0
}

function isWithin(price: f64, candles: RecentCandles, ago: i32): bool {
  return price < candles.bodyTop(ago) && price > candles.bodyBottom(ago)
}
