// An inside candle whose break fails.
import { near } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Hikkake: an inside candle whose break fails. 100 or -100 at the failing break; 200 or -200 when a close within the
 * next three candles passes the other end of the inside candle; else 0.
 */
export function cdlhikkake(candles: RecentCandles): f64 {
  return trapOrEscape(candles, trap(candles, 3), trap(candles, 2), trap(candles, 1), trap(candles, 0))
}

// What the newest candle says after the traps (100, -100 or 0) of the last four, oldest first.
function trapOrEscape(candles: RecentCandles, third: f64, second: f64, first: f64, now: f64): f64 {
  if (now != 0) return now
  if (first != 0) return escapes(candles, 0, first, 1) ? 2 * first : 0
  if (second != 0) return escapes(candles, 0, second, 2) && !escapes(candles, 1, second, 2) ? 2 * second : 0
  if (third == 0 || !escapes(candles, 0, third, 3)) return 0
  return escapes(candles, 1, third, 3) || escapes(candles, 2, third, 3) ? 0 : 2 * third
}

// The close passes the end of the inside candle, which is the one before the trap.
function escapes(candles: RecentCandles, ago: i32, way: f64, trapAgo: i32): bool {
  return way > 0 ? candles.close(ago) > candles.high(trapAgo + 1) : candles.close(ago) < candles.low(trapAgo + 1)
}

function trap(candles: RecentCandles, ago: i32): f64 {
  if (!isInside(candles, ago + 1)) return 0
  if (candles.high(ago) < candles.high(ago + 1) && candles.low(ago) < candles.low(ago + 1)) return 100
  return candles.high(ago) > candles.high(ago + 1) && candles.low(ago) > candles.low(ago + 1) ? -100 : 0
}

/**
 * Modified hikkake: as hikkake, with two inside candles, the first of which closes near its end. 100 or -100 at the
 * failing break; 200 or -200 when it is confirmed within three candles; else 0.
 */
export function cdlhikkakemod(candles: RecentCandles): f64 {
  return trapOrEscape(candles, doubleTrap(candles, 3), doubleTrap(candles, 2), doubleTrap(candles, 1), doubleTrap(candles, 0))
}

function doubleTrap(candles: RecentCandles, ago: i32): f64 {
  if (!isInside(candles, ago + 2) || !isInside(candles, ago + 1)) return 0
  const high = candles.high(ago) - candles.high(ago + 1)
  const low = candles.low(ago) - candles.low(ago + 1)
  const close = candles.close(ago + 2)
  if (high < 0 && low < 0) return close <= candles.low(ago + 2) + near(candles, ago + 2) ? 100 : 0
  return high > 0 && low > 0 && close >= candles.high(ago + 2) - near(candles, ago + 2) ? -100 : 0
}

function isInside(candles: RecentCandles, ago: i32): bool {
  return candles.high(ago) < candles.high(ago + 1) && candles.low(ago) > candles.low(ago + 1)
}
