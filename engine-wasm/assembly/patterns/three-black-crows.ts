import { veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Three black crows (TA-Lib CDL3BLACKCROWS): after a white candle three falling black ones that close at their lows.
 * -100 or 0.
 */
export function threeBlackCrows(candles: RecentCandles): f64 {
  if (!candles.knows(14)) return NaN
  const found =
    candles.isWhite(3) && isCrow(candles, 2) && isCrow(candles, 1) && isCrow(candles, 0) &&
    opensInside(candles, 1) && opensInside(candles, 0) &&
    candles.high(3) > candles.close(2) && candles.close(2) > candles.close(1) && candles.close(1) > candles.close(0)
  return found ? -100 : 0
}

function isCrow(candles: RecentCandles, ago: i32): bool {
  return candles.isBlack(ago) && candles.lowerShadow(ago) < veryShortShadow(candles, ago)
}

function opensInside(candles: RecentCandles, ago: i32): bool {
  return candles.open(ago) < candles.open(ago + 1) && candles.open(ago) > candles.close(ago + 1)
}
