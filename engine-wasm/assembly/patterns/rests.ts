// A long candle, a rest against it, and the end of the rest.
import { averageBody, near } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Rising and falling three methods: a long candle, three small ones against it within its range, and a long one that
 * goes on. 100, -100 or 0.
 */
export function cdlrisefall3methods(candles: RecentCandles): f64 {
  const way = candles.color(4)
  const shape =
    candles.body(4) > averageBody(candles, 4) && candles.body(0) > averageBody(candles, 0) && candles.color(0) == way &&
    rests(candles, 3, way) && rests(candles, 2, way) && rests(candles, 1, way)
  if (!shape) return 0
  const found =
    (candles.close(3) - candles.close(2)) * way > 0 && (candles.close(2) - candles.close(1)) * way > 0 &&
    (candles.open(0) - candles.close(1)) * way > 0 && (candles.close(0) - candles.close(4)) * way > 0
  return found ? way * 100 : 0
}

// A small candle against the way, a part of its body within the range of the first.
function rests(candles: RecentCandles, ago: i32, way: f64): bool {
  return (
    candles.body(ago) < averageBody(candles, ago) && candles.color(ago) == -way &&
    candles.bodyBottom(ago) < candles.high(4) && candles.bodyTop(ago) > candles.low(4)
  )
}

/**
 * Mat hold: a long white candle, three small ones falling back after a gap but by less than `penetration`, a share of
 * the first body, and a white candle above them all. 100 or 0.
 */
export function cdlmathold(candles: RecentCandles, penetration: f64): f64 {
  const shape =
    candles.body(4) > averageBody(candles, 4) && isSmall(candles, 3) && isSmall(candles, 2) && isSmall(candles, 1) &&
    candles.isWhite(4) && candles.isBlack(3) && candles.isWhite(0) && candles.bodyGapsUp(3, 4)
  return shape && fallsBackALittle(candles, penetration) && risesAboveThem(candles) ? 100 : 0
}

function isSmall(candles: RecentCandles, ago: i32): bool {
  return candles.body(ago) < averageBody(candles, ago)
}

function fallsBackALittle(candles: RecentCandles, penetration: f64): bool {
  const top = candles.close(4)
  const floor = top - candles.body(4) * penetration
  return (
    candles.bodyBottom(2) < top && candles.bodyBottom(1) < top && candles.bodyBottom(2) > floor && candles.bodyBottom(1) > floor &&
    candles.bodyTop(2) < candles.open(3) && candles.bodyTop(1) < candles.bodyTop(2)
  )
}

function risesAboveThem(candles: RecentCandles): bool {
  const highest = max(max(candles.high(3), candles.high(2)), candles.high(1))
  return candles.open(0) > candles.close(1) && candles.close(0) > highest
}

/** Three-line strike: three candles of one colour in a row, then one that takes it all back. 100, -100 or 0. */
export function cdl3linestrike(candles: RecentCandles): f64 {
  const way = candles.color(1)
  const row =
    candles.color(3) == way && candles.color(2) == way && candles.color(0) == -way &&
    opensWithinOrNear(candles, 2) && opensWithinOrNear(candles, 1)
  if (!row) return 0
  const found =
    (candles.close(1) - candles.close(2)) * way > 0 && (candles.close(2) - candles.close(3)) * way > 0 &&
    (candles.open(0) - candles.close(1)) * way > 0 && (candles.open(3) - candles.close(0)) * way > 0
  return found ? way * 100 : 0
}

function opensWithinOrNear(candles: RecentCandles, ago: i32): bool {
  const slack = near(candles, ago + 1)
  const open = candles.open(ago)
  return open >= candles.bodyBottom(ago + 1) - slack && open <= candles.bodyTop(ago + 1) + slack
}

/** Breakaway: a long candle, a gap, two more steps away, then one that closes inside the gap. 100, -100 or 0. */
export function cdlbreakaway(candles: RecentCandles): f64 {
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
