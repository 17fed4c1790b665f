import { areEqual } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Stick sandwich (TA-Lib CDLSTICKSANDWICH): a white candle between two black ones with the same close. 100 or 0. */
export function stickSandwich(candles: RecentCandles): f64 {
  if (!candles.knows(8)) return NaN
  const found =
    candles.isBlack(2) && candles.isWhite(1) && candles.isBlack(0) && candles.low(1) > candles.close(2) &&
    areEqual(candles, candles.close(0), candles.close(2), 2)
  return found ? 100 : 0
}
