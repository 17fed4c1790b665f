import { kicks } from "./kicking"
import { RecentCandles } from "./recent-candles"

/** Kicking by length (TA-Lib CDLKICKINGBYLENGTH): kicking, with the colour of the longer marubozu. 100, -100 or 0. */
export function kickingByLength(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  if (!kicks(candles)) return 0
  return candles.color(candles.body(0) > candles.body(1) ? 0 : 1) * 100
}
