import { averageBody, dojiBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Abandoned baby (TA-Lib CDLABANDONEDBABY): a long candle, a doji with gaps on both sides, and a candle that closes
 * well
 * within the first body: by `penetration`, a share of it. 100, -100 or 0.
 */
export function abandonedBaby(candles: RecentCandles, penetration: f64): f64 {
  if (!candles.knows(13)) return NaN
  const shape =
    candles.body(2) > averageBody(candles, 2) && candles.body(1) <= dojiBody(candles, 1) && candles.body(0) > averageBody(candles, 0)
  if (!shape || candles.color(2) == candles.color(0)) return 0
  const depth = candles.body(2) * penetration
  if (candles.isWhite(2)) {
    return candles.close(0) < candles.close(2) - depth && candles.gapsUp(1) && candles.gapsDown(0) ? -100 : 0
  }
  return candles.close(0) > candles.close(2) + depth && candles.gapsDown(1) && candles.gapsUp(0) ? 100 : 0
}
