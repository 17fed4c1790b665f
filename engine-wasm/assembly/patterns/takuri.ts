import { dojiBody, veryLongShadow, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Takuri (TA-Lib CDLTAKURI): a dragonfly doji with a very long lower shadow. 100 or 0. */
export function takuri(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  const found =
    candles.body(0) <= dojiBody(candles, 0) && candles.upperShadow(0) < veryShortShadow(candles, 0) &&
    candles.lowerShadow(0) > veryLongShadow(candles, 0)
  return found ? 100 : 0
}
