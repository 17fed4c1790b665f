import { averageBody, far, longShadow, near, shortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Advance block (TA-Lib CDLADVANCEBLOCK): three rising white candles that lose strength. -100 or 0. */
export function advanceBlock(candles: RecentCandles): f64 {
  if (!candles.knows(13)) return NaN
  const advance =
    candles.isWhite(2) && candles.isWhite(1) && candles.isWhite(0) && follows(candles, 1) && follows(candles, 0) &&
    candles.body(2) > averageBody(candles, 2) && candles.upperShadow(2) < shortShadow(candles, 2)
  return advance && isBlocked(candles) ? -100 : 0
}

function follows(candles: RecentCandles, ago: i32): bool {
  const before = ago + 1
  return (
    candles.close(ago) > candles.close(before) && candles.open(ago) > candles.open(before) &&
    candles.open(ago) <= candles.close(before) + near(candles, before)
  )
}

function isBlocked(candles: RecentCandles): bool {
  const first = candles.body(2)
  const second = candles.body(1)
  const third = candles.body(0)
  // By the second candle, far smaller, which the third does not make good; or by a third that is far smaller still.
  if (second < first - far(candles, 2) && third < second + near(candles, 1)) return true
  if (third < second - far(candles, 1)) return true
  if (third >= second) return false
  const shadows = candles.upperShadow(0) > shortShadow(candles, 0) || candles.upperShadow(1) > shortShadow(candles, 1)
  return (second < first && shadows) || candles.upperShadow(0) > longShadow(candles, 0)
}
