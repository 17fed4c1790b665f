import { averageBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Breakaway (TA-Lib CDLBREAKAWAY): a long candle, a gap, two more steps away, then one that closes inside the gap.
 * 100, -100 or 0.
 */
export function breakaway(candles: RecentCandles): f64 {
  if (!candles.knows(15)) return NaN
  const way = candles.color(4)
  const shape =
    candles.body(4) > averageBody(candles, 4) && candles.color(3) == way && candles.color(1) == way && candles.color(0) == -way
  if (!shape) return 0
  return (way > 0 ? breaksUp(candles) : breaksDown(candles)) ? -way * 100 : 0
}

function breaksDown(candles: RecentCandles): bool {
  return (
    candles.bodyGapsDown(3, 4) && isLower(candles, 2) && isLower(candles, 1) &&
    candles.close(0) > candles.open(3) && candles.close(0) < candles.close(4)
  )
}

function breaksUp(candles: RecentCandles): bool {
  return (
    candles.bodyGapsUp(3, 4) && isHigher(candles, 2) && isHigher(candles, 1) &&
    candles.close(0) < candles.open(3) && candles.close(0) > candles.close(4)
  )
}

function isLower(candles: RecentCandles, ago: i32): bool {
  return candles.high(ago) < candles.high(ago + 1) && candles.low(ago) < candles.low(ago + 1)
}

function isHigher(candles: RecentCandles, ago: i32): bool {
  return candles.high(ago) > candles.high(ago + 1) && candles.low(ago) > candles.low(ago + 1)
}
