import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Homing pigeon (TA-Lib CDLHOMINGPIGEON): a small black body inside the long black one before. 100 or 0. */
export function homingPigeon(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  const found =
    candles.isBlack(1) && candles.isBlack(0) && candles.body(1) > averageBody(candles, 1) && candles.body(0) <= averageBody(candles, 0) &&
    candles.open(0) < candles.open(1) && candles.close(0) > candles.close(1)
  return found ? 100 : 0
}
