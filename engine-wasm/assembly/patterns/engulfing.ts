import { RecentCandles } from "./recent-candles"

/**
 * Engulfing (TA-Lib CDLENGULFING): a body that covers the opposite body before it. 100 or -100; 80 or -80 when one
 * end is the same; else 0.
 */
export function engulfing(candles: RecentCandles): f64 {
  if (!candles.knows(3)) return NaN
  const way = candles.color(0)
  if (candles.color(1) == way) return 0
  const top = candles.bodyTop(0) - candles.bodyTop(1)
  const bottom = candles.bodyBottom(1) - candles.bodyBottom(0)
  if (top < 0 || bottom < 0 || (top == 0 && bottom == 0)) return 0
  return top > 0 && bottom > 0 ? way * 100 : way * 80
}
