import { RecentCandles } from "./recent-candles"

/**
 * Three outside up and down (TA-Lib CDL3OUTSIDE): a body engulfs the one before, and the next candle goes on. 100,
 * -100 or 0.
 */
export function threeOutside(candles: RecentCandles): f64 {
  if (!candles.knows(4)) return NaN
  if (candles.isWhite(1) && candles.isBlack(2)) {
    const engulfs = candles.close(1) > candles.open(2) && candles.open(1) < candles.close(2)
    return engulfs && candles.close(0) > candles.close(1) ? 100 : 0
  }
  if (candles.isBlack(1) && candles.isWhite(2)) {
    const engulfs = candles.open(1) > candles.close(2) && candles.close(1) < candles.open(2)
    return engulfs && candles.close(0) < candles.close(1) ? -100 : 0
  }
  return 0
}
