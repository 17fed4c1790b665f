import { dojiBody, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Dragonfly doji (TA-Lib CDLDRAGONFLYDOJI): a doji at the top of its candle, with a lower shadow only. 100 or 0. */
export function dragonflyDoji(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  if (candles.body(0) > dojiBody(candles, 0)) return 0
  const tiny = veryShortShadow(candles, 0)
  return candles.upperShadow(0) < tiny && candles.lowerShadow(0) > tiny ? 100 : 0
}
