import { known } from "./known"

/**
 * True range: the largest of high - low, |high - previous close|, |low - previous close| (Wilder; TA-Lib TRANGE).
 * Needs one earlier close.
 */
@unmanaged
export class TrueRange {
  previousClose: f64

  static bytes(): i32 {
    return <i32>offsetof<TrueRange>()
  }

  start(): void {
    this.previousClose = NaN
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const range = trueRange(high, low, this.previousClose)
    this.previousClose = close
    return range
  }
}

/** True range of one candle after a known close; NaN without one. */
export function trueRange(high: f64, low: f64, previousClose: f64): f64 {
  const up = abs(high - previousClose)
  const down = abs(low - previousClose)
  const range = high - low
  const larger = f64x2.pmax(f64x2.splat(up), f64x2.splat(down))
  return f64x2.extract_lane(f64x2.pmax(larger, f64x2.splat(range)), 0)
}
