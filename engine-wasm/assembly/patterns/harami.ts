import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Harami (TA-Lib CDLHARAMI): a small body inside the long one before. 100 or -100; 80 or -80 when one end is the
 * same; else 0.
 */
export function harami(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  if (candles.body(1) <= averageBody(candles, 1) || candles.body(0) > averageBody(candles, 0)) return 0
  return insideBody(candles)
}

/**
 * How the body lies in the one before: inside is 100 against its direction, inside with one end the same 80, else 0.
 */
export function insideBody(candles: RecentCandles): f64 {
  const top = candles.bodyTop(1) - candles.bodyTop(0)
  const bottom = candles.bodyBottom(0) - candles.bodyBottom(1)
  if (top < 0 || bottom < 0) return 0
  return -candles.color(1) * (top > 0 && bottom > 0 ? 100 : 80)
}
