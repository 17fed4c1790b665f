import { areEqual, averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Counterattack (TA-Lib CDLCOUNTERATTACK): two long candles of opposite colours with the same close. 100, -100 or 0.
 */
export function counterattack(candles: RecentCandles): f64 {
  if (!candles.knows(12)) return NaN
  const found =
    candles.color(1) == -candles.color(0) && candles.body(1) > averageBody(candles, 1) && candles.body(0) > averageBody(candles, 0) &&
    areEqual(candles, candles.close(0), candles.close(1), 1)
  return found ? candles.color(0) * 100 : 0
}
