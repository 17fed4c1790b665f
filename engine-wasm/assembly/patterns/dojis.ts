// The candle that closes where it opened.
import { averageBody, dojiBody, longShadow, near, veryLongShadow, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Doji: open and close all but the same. 100 or 0, whatever the direction. */
export function cdldoji(candles: RecentCandles): f64 {
  return candles.body(0) <= dojiBody(candles, 0) ? 100 : 0
}

/** Dragonfly doji: a doji at the top of its candle, with a lower shadow only. 100 or 0. */
export function cdldragonflydoji(candles: RecentCandles): f64 {
  if (candles.body(0) > dojiBody(candles, 0)) return 0
  const tiny = veryShortShadow(candles, 0)
  return candles.upperShadow(0) < tiny && candles.lowerShadow(0) > tiny ? 100 : 0
}

/** Gravestone doji: a doji at the bottom of its candle, with an upper shadow only. 100 or 0. */
export function cdlgravestonedoji(candles: RecentCandles): f64 {
  if (candles.body(0) > dojiBody(candles, 0)) return 0
  const tiny = veryShortShadow(candles, 0)
  return candles.lowerShadow(0) < tiny && candles.upperShadow(0) > tiny ? 100 : 0
}

/** Long-legged doji: a doji with a long shadow. 100 or 0. */
export function cdllongleggeddoji(candles: RecentCandles): f64 {
  if (candles.body(0) > dojiBody(candles, 0)) return 0
  const long = longShadow(candles, 0)
  return candles.lowerShadow(0) > long || candles.upperShadow(0) > long ? 100 : 0
}

/** Rickshaw man: a doji in the middle of two long shadows. 100 or 0. */
export function cdlrickshawman(candles: RecentCandles): f64 {
  const long = longShadow(candles, 0)
  const legs = candles.body(0) <= dojiBody(candles, 0) && candles.lowerShadow(0) > long && candles.upperShadow(0) > long
  if (!legs) return 0
  const middle = candles.low(0) + candles.range(0) / 2
  const slack = near(candles, 0)
  return candles.bodyBottom(0) <= middle + slack && candles.bodyTop(0) >= middle - slack ? 100 : 0
}

/** Takuri: a dragonfly doji with a very long lower shadow. 100 or 0. */
export function cdltakuri(candles: RecentCandles): f64 {
  const found =
    candles.body(0) <= dojiBody(candles, 0) && candles.upperShadow(0) < veryShortShadow(candles, 0) &&
    candles.lowerShadow(0) > veryLongShadow(candles, 0)
  return found ? 100 : 0
}

/** Doji star: a long candle, then a doji that gaps away in its direction. 100, -100 or 0. */
export function cdldojistar(candles: RecentCandles): f64 {
  if (candles.body(1) <= averageBody(candles, 1) || candles.body(0) > dojiBody(candles, 0)) return 0
  if (candles.isWhite(1)) return candles.bodyGapsUp(0, 1) ? -100 : 0
  return candles.bodyGapsDown(0, 1) ? 100 : 0
}

/** Tristar: three dojis, the middle one gapping away from the others. 100, -100 or 0. */
export function cdltristar(candles: RecentCandles): f64 {
  const limit = dojiBody(candles, 2)
  if (candles.body(2) > limit || candles.body(1) > limit || candles.body(0) > limit) return 0
  if (candles.bodyGapsUp(1, 2) && candles.bodyTop(0) < candles.bodyTop(1)) return -100
  return candles.bodyGapsDown(1, 2) && candles.bodyBottom(0) > candles.bodyBottom(1) ? 100 : 0
}
