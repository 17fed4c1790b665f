import { averageBody, far, near, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Three white soldiers (TA-Lib CDL3WHITESOLDIERS): three rising white candles that close at their highs. 100 or 0. */
export function threeWhiteSoldiers(candles: RecentCandles): f64 {
  if (!candles.knows(13)) return NaN
  const found =
    isSoldier(candles, 2) && isSoldier(candles, 1) && isSoldier(candles, 0) &&
    follows(candles, 1) && follows(candles, 0) && candles.body(0) > averageBody(candles, 0)
  return found ? 100 : 0
}

function isSoldier(candles: RecentCandles, ago: i32): bool {
  return candles.isWhite(ago) && candles.upperShadow(ago) < veryShortShadow(candles, ago)
}

// It closes higher than the one before, opens within or near its body, and is not far shorter.
function follows(candles: RecentCandles, ago: i32): bool {
  const before = ago + 1
  return (
    candles.close(ago) > candles.close(before) && candles.open(ago) > candles.open(before) &&
    candles.open(ago) <= candles.close(before) + near(candles, before) &&
    candles.body(ago) > candles.body(before) - far(candles, before)
  )
}
