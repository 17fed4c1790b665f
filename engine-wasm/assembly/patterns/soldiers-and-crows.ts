// Candles of one colour in a row, and what tires or breaks them.
import { areEqual, averageBody, far, longShadow, near, shortShadow, veryShortShadow } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/** Three white soldiers: three rising white candles that close at their highs. 100 or 0. */
export function cdl3whitesoldiers(candles: RecentCandles): f64 {
  const found =
    isSoldier(candles, 2) && isSoldier(candles, 1) && isSoldier(candles, 0) &&
    follows(candles, 1) && follows(candles, 0) && keepsSize(candles, 1) && keepsSize(candles, 0) &&
    candles.body(0) > averageBody(candles, 0)
  return found ? 100 : 0
}

function isSoldier(candles: RecentCandles, ago: i32): bool {
  return candles.isWhite(ago) && candles.upperShadow(ago) < veryShortShadow(candles, ago)
}

// It closes higher than the one before, and opens within or near its body.
function follows(candles: RecentCandles, ago: i32): bool {
  const before = ago + 1
  return (
    candles.close(ago) > candles.close(before) && candles.open(ago) > candles.open(before) &&
    candles.open(ago) <= candles.close(before) + near(candles, before)
  )
}

function keepsSize(candles: RecentCandles, ago: i32): bool {
  return candles.body(ago) > candles.body(ago + 1) - far(candles, ago + 1)
}

/** Advance block: three rising white candles that lose strength. -100 or 0. */
export function cdladvanceblock(candles: RecentCandles): f64 {
  const advance =
    candles.isWhite(2) && candles.isWhite(1) && candles.isWhite(0) && follows(candles, 1) && follows(candles, 0) &&
    candles.body(2) > averageBody(candles, 2) && candles.upperShadow(2) < shortShadow(candles, 2)
  return advance && isBlocked(candles) ? -100 : 0
}

function isBlocked(candles: RecentCandles): bool {
  const first = candles.body(2)
  const second = candles.body(1)
  const third = candles.body(0)
  // By the second candle, far smaller, which the third does not make good; or by a third that is far smaller still.
  if (second < first - far(candles, 2) && third < second + near(candles, 1)) return true
  if (third < second - far(candles, 1)) return true
  if (third >= second) return false
  const shadows = candles.upperShadow(0) > shortShadow(candles, 0) || candles.upperShadow(1) > shortShadow(candles, 1)
  return (second < first && shadows) || candles.upperShadow(0) > longShadow(candles, 0)
}

/** Stalled pattern: two long rising white candles and a small one on the second's shoulder. -100 or 0. */
export function cdlstalledpattern(candles: RecentCandles): f64 {
  const found =
    candles.isWhite(2) && candles.isWhite(1) && candles.isWhite(0) &&
    candles.close(0) > candles.close(1) && candles.close(1) > candles.close(2) &&
    candles.body(2) > averageBody(candles, 2) && candles.body(1) > averageBody(candles, 1) &&
    candles.upperShadow(1) < veryShortShadow(candles, 1) && candles.open(1) > candles.open(2) &&
    candles.open(1) <= candles.close(2) + near(candles, 2) && candles.body(0) < averageBody(candles, 0) &&
    candles.open(0) >= candles.close(1) - candles.body(0) - near(candles, 1)
  return found ? -100 : 0
}

/** Three black crows: after a white candle three falling black ones that close at their lows. -100 or 0. */
export function cdl3blackcrows(candles: RecentCandles): f64 {
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

/** Identical three crows: three falling black candles, each opening at the close before. -100 or 0. */
export function cdlidentical3crows(candles: RecentCandles): f64 {
  const found =
    isCrow(candles, 2) && isCrow(candles, 1) && isCrow(candles, 0) &&
    candles.close(2) > candles.close(1) && candles.close(1) > candles.close(0) &&
    areEqual(candles, candles.open(1), candles.close(2), 2) && areEqual(candles, candles.open(0), candles.close(1), 1)
  return found ? -100 : 0
}

/** Two crows: a long white candle, a black one gapping up, a black one closing inside the first. -100 or 0. */
export function cdl2crows(candles: RecentCandles): f64 {
  const found =
    candles.isWhite(2) && candles.body(2) > averageBody(candles, 2) &&
    candles.isBlack(1) && candles.bodyGapsUp(1, 2) &&
    candles.isBlack(0) && candles.open(0) < candles.open(1) && candles.open(0) > candles.close(1) &&
    candles.close(0) > candles.open(2) && candles.close(0) < candles.close(2)
  return found ? -100 : 0
}

/** Upside gap two crows: a long white candle, a small black one above a gap, a black one around that. -100 or 0. */
export function cdlupsidegap2crows(candles: RecentCandles): f64 {
  const found =
    candles.isWhite(2) && candles.body(2) > averageBody(candles, 2) &&
    candles.isBlack(1) && candles.body(1) <= averageBody(candles, 1) && candles.bodyGapsUp(1, 2) &&
    candles.isBlack(0) && candles.open(0) > candles.open(1) && candles.close(0) < candles.close(1) && candles.close(0) > candles.close(2)
  return found ? -100 : 0
}
