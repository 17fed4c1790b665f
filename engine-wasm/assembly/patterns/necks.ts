// After a long black candle, a white one that comes back to its close or a little further.
import { areEqual, averageBody, equal } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** In-neck: after a long black candle a white one opens below its low and closes just at its close. -100 or 0. */
export function cdlinneck(candles: RecentCandles): f64 {
  const found =
    candles.isBlack(1) && candles.body(1) > averageBody(candles, 1) && candles.isWhite(0) && candles.open(0) < candles.low(1) &&
    candles.close(0) <= candles.close(1) + equal(candles, 1) && candles.close(0) >= candles.close(1)
  return found ? -100 : 0
}

/** On-neck: after a long black candle a white one opens below its low and closes at that low. -100 or 0. */
export function cdlonneck(candles: RecentCandles): f64 {
  const found =
    candles.isBlack(1) && candles.body(1) > averageBody(candles, 1) && candles.isWhite(0) && candles.open(0) < candles.low(1) &&
    areEqual(candles, candles.close(0), candles.low(1), 1)
  return found ? -100 : 0
}

/** Thrusting: after a long black candle a white one from below its low into the lower half of its body. -100 or 0. */
export function cdlthrusting(candles: RecentCandles): f64 {
  const found =
    candles.isBlack(1) && candles.body(1) > averageBody(candles, 1) && candles.isWhite(0) && candles.open(0) < candles.low(1) &&
    candles.close(0) > candles.close(1) + equal(candles, 1) && candles.close(0) <= candles.close(1) + candles.body(1) * 0.5
  return found ? -100 : 0
}
