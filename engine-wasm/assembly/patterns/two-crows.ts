import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Two crows (TA-Lib CDL2CROWS): a long white candle, a black one gapping up, a black one closing inside the first.
 * -100 or 0.
 */
export function twoCrows(candles: RecentCandles): f64 {
  if (!candles.knows(13)) return NaN
  const found =
    candles.isWhite(2) && candles.body(2) > averageBody(candles, 2) &&
    candles.isBlack(1) && candles.bodyGapsUp(1, 2) &&
    candles.isBlack(0) && candles.open(0) < candles.open(1) && candles.open(0) > candles.close(1) &&
    candles.close(0) > candles.open(2) && candles.close(0) < candles.close(2)
  return found ? -100 : 0
}
