import { averageBody, dojiBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Morning doji star (TA-Lib CDLMORNINGDOJISTAR): a long black candle, a doji gapping down, and a white candle closing
 * well
 * within the first body: by `penetration`, a share of it. 100 or 0.
 */
export function morningDojiStar(candles: RecentCandles, penetration: f64): f64 {
  if (!candles.knows(13)) return NaN
  const found =
    candles.body(2) > averageBody(candles, 2) && candles.isBlack(2) &&
    candles.body(1) <= dojiBody(candles, 1) && candles.bodyGapsDown(1, 2) &&
    candles.body(0) > averageBody(candles, 0) && candles.isWhite(0) &&
    candles.close(0) > candles.close(2) + candles.body(2) * penetration
  return found ? 100 : 0
}
