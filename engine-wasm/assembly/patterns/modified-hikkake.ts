import { near } from "./candle-measure"
import { trapOrEscape } from "./hikkake"
import { RecentCandles } from "./recent-candles"

/**
 * Modified hikkake (TA-Lib CDLHIKKAKEMOD): as hikkake, with two inside candles, the first of which closes near its end.
 * 100 or -100 at the failing break; 200 or -200 when it is confirmed within three candles; else 0.
 */
export function modifiedHikkake(candles: RecentCandles): f64 {
  if (!candles.knows(11)) return NaN
  return trapOrEscape(candles, trap(candles, 3), trap(candles, 2), trap(candles, 1), trap(candles, 0))
}

function trap(candles: RecentCandles, ago: i32): f64 {
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
