import { near } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Three-line strike (TA-Lib CDL3LINESTRIKE): three candles of one colour in a row, then one that takes it all back.
 * 100, -100 or 0.
 */
export function threeLineStrike(candles: RecentCandles): f64 {
  if (!candles.knows(9)) return NaN
  const way = candles.color(1)
  const row =
    candles.color(3) == way && candles.color(2) == way && candles.color(0) == -way &&
    opensWithinOrNear(candles, 2) && opensWithinOrNear(candles, 1)
  if (!row) return 0
  return (way > 0 ? strikesDown(candles) : strikesUp(candles)) ? way * 100 : 0
}

function opensWithinOrNear(candles: RecentCandles, ago: i32): bool {
  const slack = near(candles, ago + 1)
  const open = candles.open(ago)
  return open >= candles.bodyBottom(ago + 1) - slack && open <= candles.bodyTop(ago + 1) + slack
}

function strikesDown(candles: RecentCandles): bool {
  return (
    candles.close(1) > candles.close(2) && candles.close(2) > candles.close(3) &&
    candles.open(0) > candles.close(1) && candles.close(0) < candles.open(3)
  )
}

function strikesUp(candles: RecentCandles): bool {
  return (
    candles.close(1) < candles.close(2) && candles.close(2) < candles.close(3) &&
    candles.open(0) < candles.close(1) && candles.close(0) > candles.open(3)
  )
}
