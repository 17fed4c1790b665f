// One body around another.
import { averageBody, dojiBody } from "./candle-measure"
import { RecentCandles } from "./recent-candles"

/**
 * Engulfing: a body that covers the opposite body before it. 100 or -100; 80 or -80 when one end is the same; else 0.
 */
export function cdlengulfing(candles: RecentCandles): f64 {
  const way = candles.color(0)
  if (candles.color(1) == way) return 0
  const top = candles.bodyTop(0) - candles.bodyTop(1)
  const bottom = candles.bodyBottom(1) - candles.bodyBottom(0)
  if (top < 0 || bottom < 0 || (top == 0 && bottom == 0)) return 0
  return top > 0 && bottom > 0 ? way * 100 : way * 80
}

/** Harami: a small body inside the long one before. 100 or -100; 80 or -80 when one end is the same; else 0. */
export function cdlharami(candles: RecentCandles): f64 {
  if (candles.body(1) <= averageBody(candles, 1) || candles.body(0) > averageBody(candles, 0)) return 0
  return insideBody(candles)
}

// The body's place in the one before: inside is 100 against its direction, inside with one end the same 80, else 0.
function insideBody(candles: RecentCandles): f64 {
  const top = candles.bodyTop(1) - candles.bodyTop(0)
  const bottom = candles.bodyBottom(0) - candles.bodyBottom(1)
  if (top < 0 || bottom < 0) return 0
  return -candles.color(1) * (top > 0 && bottom > 0 ? 100 : 80)
}

/** Harami cross: a doji inside the long body before. 100 or -100; 80 or -80 when one end is the same; else 0. */
export function cdlharamicross(candles: RecentCandles): f64 {
  if (candles.body(1) <= averageBody(candles, 1) || candles.body(0) > dojiBody(candles, 0)) return 0
  return insideBody(candles)
}

/** Homing pigeon: a small black body inside the long black one before. 100 or 0. */
export function cdlhomingpigeon(candles: RecentCandles): f64 {
  const found =
    candles.isBlack(1) && candles.isBlack(0) && candles.body(1) > averageBody(candles, 1) && candles.body(0) <= averageBody(candles, 0) &&
    candles.open(0) < candles.open(1) && candles.close(0) > candles.close(1)
  return found ? 100 : 0
}

/** Three inside up and down: a harami, confirmed by a third candle closing beyond the first's open. 100, -100 or 0. */
export function cdl3inside(candles: RecentCandles): f64 {
  const harami =
    candles.body(2) > averageBody(candles, 2) && candles.body(1) <= averageBody(candles, 1) &&
    candles.bodyTop(1) < candles.bodyTop(2) && candles.bodyBottom(1) > candles.bodyBottom(2)
  if (!harami) return 0
  if (candles.isWhite(2)) return candles.isBlack(0) && candles.close(0) < candles.open(2) ? -100 : 0
  return candles.isWhite(0) && candles.close(0) > candles.open(2) ? 100 : 0
}

/** Three outside up and down: a body engulfs the one before, and the next candle goes on. 100, -100 or 0. */
export function cdl3outside(candles: RecentCandles): f64 {
  if (candles.isWhite(1) && candles.isBlack(2)) {
    const engulfs = candles.close(1) > candles.open(2) && candles.open(1) < candles.close(2)
    return engulfs && candles.close(0) > candles.close(1) ? 100 : 0
  }
  if (candles.isBlack(1) && candles.isWhite(2)) {
    const engulfs = candles.open(1) > candles.close(2) && candles.close(1) < candles.open(2)
    return engulfs && candles.close(0) < candles.close(1) ? -100 : 0
  }
  return 0
}
