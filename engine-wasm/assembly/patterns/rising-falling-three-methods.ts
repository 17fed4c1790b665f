import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Rising and falling three methods (TA-Lib CDLRISEFALL3METHODS): a long candle, three small ones against it within its
 * range, and a long one that goes on. 100, -100 or 0.
 */
export function risingFallingThreeMethods(candles: RecentCandles): f64 {
  if (!candles.knows(15)) return NaN
  const way = candles.color(4)
  const shape =
    candles.body(4) > averageBody(candles, 4) && candles.body(0) > averageBody(candles, 0) && candles.color(0) == way &&
    rests(candles, 3, way) && rests(candles, 2, way) && rests(candles, 1, way)
  if (!shape) return 0
  const found =
    candles.close(2) * way < candles.close(3) * way && candles.close(1) * way < candles.close(2) * way &&
    candles.open(0) * way > candles.close(1) * way && candles.close(0) * way > candles.close(4) * way
  return found ? way * 100 : 0
}

// A small candle against the way, a part of its body within the range of the first.
function rests(candles: RecentCandles, ago: i32, way: f64): bool {
  return (
    candles.body(ago) < averageBody(candles, ago) && candles.color(ago) == -way &&
    candles.bodyBottom(ago) < candles.high(4) && candles.bodyTop(ago) > candles.low(4)
  )
}
