// A long candle, a small one beyond it, and a third that turns back into the first.
import { averageBody, dojiBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Morning star: a long black candle, a small one gapping down, and a white candle closing well within the first body:
 * by `penetration`, a share of it. 100 or 0.
 */
export function cdlmorningstar(candles: RecentCandles, penetration: f64): f64 {
  return isStar(candles, 1, averageBody(candles, 1), penetration) ? 100 : 0
}

/** Evening star: the morning star upside down. -100 or 0. */
export function cdleveningstar(candles: RecentCandles, penetration: f64): f64 {
  return isStar(candles, -1, averageBody(candles, 1), penetration) ? -100 : 0
}

/** Morning doji star: a morning star whose small candle is a doji. 100 or 0. */
export function cdlmorningdojistar(candles: RecentCandles, penetration: f64): f64 {
  return isStar(candles, 1, dojiBody(candles, 1), penetration) ? 100 : 0
}

/** Evening doji star: an evening star whose small candle is a doji. -100 or 0. */
export function cdleveningdojistar(candles: RecentCandles, penetration: f64): f64 {
  return isStar(candles, -1, dojiBody(candles, 1), penetration) ? -100 : 0
}

/** Abandoned baby: a doji star whose doji is beyond both neighbours, shadows included. 100, -100 or 0. */
export function cdlabandonedbaby(candles: RecentCandles, penetration: f64): f64 {
  if (candles.body(1) > dojiBody(candles, 1)) return 0
  if (turns(candles, -1, penetration)) return candles.gapsUp(1) && candles.gapsDown(0) ? -100 : 0
  return turns(candles, 1, penetration) && candles.gapsDown(1) && candles.gapsUp(0) ? 100 : 0
}

function isStar(candles: RecentCandles, way: f64, most: f64, penetration: f64): bool {
  const gaps = way > 0 ? candles.bodyGapsDown(1, 2) : candles.bodyGapsUp(1, 2)
  return gaps && candles.body(1) <= most && turns(candles, way, penetration)
}

// A long candle against the way, and now one along it that closes deep enough in its body.
function turns(candles: RecentCandles, way: f64, penetration: f64): bool {
  return (
    candles.color(2) == -way && candles.body(2) > averageBody(candles, 2) &&
    candles.color(0) == way && candles.body(0) > averageBody(candles, 0) &&
    (candles.close(0) - candles.close(2)) * way > candles.body(2) * penetration
  )
}
