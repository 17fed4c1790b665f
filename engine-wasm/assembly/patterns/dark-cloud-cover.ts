import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Dark cloud cover (TA-Lib CDLDARKCLOUDCOVER): after a long white candle a black one that opens above its high and
 * closes
 * within its body, deeper than `penetration`, a share of it. -100 or 0.
 */
export function darkCloudCover(candles: RecentCandles, penetration: f64): f64 {
  if (!candles.knows(12)) return NaN
  const found =
    candles.isWhite(1) && candles.body(1) > averageBody(candles, 1) && candles.isBlack(0) && candles.open(0) > candles.high(1) &&
    candles.close(0) > candles.open(1) && candles.close(0) < candles.close(1) - candles.body(1) * penetration
  return found ? -100 : 0
}
