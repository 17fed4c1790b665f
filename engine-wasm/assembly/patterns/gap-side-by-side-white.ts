import { areEqual, near } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Side-by-side white lines (TA-Lib CDLGAPSIDESIDEWHITE): after a gap two white candles of like size and open. 100,
 * -100 or 0.
 */
export function gapSideBySideWhite(candles: RecentCandles): f64 {
  if (!candles.knows(8)) return NaN
  const up = candles.bodyGapsUp(1, 2) && candles.bodyGapsUp(0, 2)
  const down = candles.bodyGapsDown(1, 2) && candles.bodyGapsDown(0, 2)
  if (!(up || down) || !candles.isWhite(1) || !candles.isWhite(0)) return 0
  const slack = near(candles, 1)
  const sameSize = candles.body(0) >= candles.body(1) - slack && candles.body(0) <= candles.body(1) + slack
  if (!sameSize || !areEqual(candles, candles.open(0), candles.open(1), 1)) return 0
  return up ? 100 : -100
}
