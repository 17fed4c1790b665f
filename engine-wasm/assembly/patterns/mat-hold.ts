import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Mat hold (TA-Lib CDLMATHOLD): a long white candle, three small ones falling back after a gap but by less than
 * `penetration`, a share of the first body, and a white candle above them all. 100 or 0.
 */
export function matHold(candles: RecentCandles, penetration: f64): f64 {
  if (!candles.knows(15)) return NaN
  const shape =
    candles.body(4) > averageBody(candles, 4) && isSmall(candles, 3) && isSmall(candles, 2) && isSmall(candles, 1) &&
    candles.isWhite(4) && candles.isBlack(3) && candles.isWhite(0) && candles.bodyGapsUp(3, 4)
  return shape && fallsBackALittle(candles, penetration) && risesAboveThem(candles) ? 100 : 0
}

function isSmall(candles: RecentCandles, ago: i32): bool {
  return candles.body(ago) < averageBody(candles, ago)
}

function fallsBackALittle(candles: RecentCandles, penetration: f64): bool {
  const top = candles.close(4)
  const floor = top - candles.body(4) * penetration
  return (
    candles.bodyBottom(2) < top && candles.bodyBottom(1) < top && candles.bodyBottom(2) > floor && candles.bodyBottom(1) > floor &&
    candles.bodyTop(2) < candles.open(3) && candles.bodyTop(1) < candles.bodyTop(2)
  )
}

function risesAboveThem(candles: RecentCandles): bool {
  const highest = max(max(candles.high(3), candles.high(2)), candles.high(1))
  return candles.open(0) > candles.close(1) && candles.close(0) > highest
}
