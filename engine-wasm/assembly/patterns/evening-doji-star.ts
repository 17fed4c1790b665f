import { averageBody, dojiBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Evening doji star (TA-Lib CDLEVENINGDOJISTAR): a long white candle, a doji gapping up, and a black candle closing
 * well
 * within the first body: by `penetration`, a share of it. -100 or 0.
 */
export function eveningDojiStar(candles: RecentCandles, penetration: f64): f64 {
  if (!candles.knows(13)) return NaN
  const found =
    candles.body(2) > averageBody(candles, 2) && candles.isWhite(2) &&
    candles.body(1) <= dojiBody(candles, 1) && candles.bodyGapsUp(1, 2) &&
    candles.body(0) > averageBody(candles, 0) && candles.isBlack(0) &&
    candles.close(0) < candles.close(2) - candles.body(2) * penetration
  return found ? -100 : 0
}
