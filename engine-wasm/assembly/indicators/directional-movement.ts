import { known } from "./known"
import { trueRange } from "./true-range"

/**
 * Wilder's running totals of upward movement, downward movement and true range, from which DI, DX and ADX are made.
 * The first
 * length - 1 changes are added up, then each total loses 1 / length of itself per candle (Wilder, New Concepts in
 * Technical
 * Trading Systems; TA-Lib ADX).
 */
@unmanaged
export class DirectionalMovement {
  plus: f64
  minus: f64
  range: f64
  previousHigh: f64
  previousLow: f64
  previousClose: f64
  /** What a total keeps from candle to candle. */
  keeps: f64
  length: i32
  /** Changes seen, one less than candles; -1 before the first candle. */
  changes: i32

  static bytes(): i32 {
    return <i32>offsetof<DirectionalMovement>()
  }

  start(length: i32): void {
    assert(length > 0, "a total has at least one candle")
    this.length = length
    this.keeps = 1 - 1.0 / <f64>length
    this.changes = -1
  }

  /** Takes a candle; false for a hole, which is skipped. */
  next(high: f64, low: f64, close: f64): bool {
    if (!known(high + low + close)) return false
    if (++this.changes > 0) this.move(high, low)
    this.previousHigh = high
    this.previousLow = low
    this.previousClose = close
    return true
  }

  private move(high: f64, low: f64): void {
    const up = high - this.previousHigh
    const down = this.previousLow - low
    const keeps = this.changes < this.length ? 1 : this.keeps
    const movement = oneWay(up, down)
    this.plus = this.plus * keeps + f64x2.extract_lane(movement, 0)
    this.minus = this.minus * keeps + f64x2.extract_lane(movement, 1)
    this.range = this.range * keeps + trueRange(high, low, this.previousClose)
  }

  /** DX, 0 to 100: how one-sided the movement is; NaN while there is none. */
  get oneSidedness(): f64 {
    return oneSidedness(this.plus, this.minus)
  }

  /** A total in percent of the range, 0 without one. TA-Lib's DI over a single candle is a plain share. */
  ofRange(total: f64): f64 {
    if (this.range == 0) return 0
    return ((this.length > 1 ? 100 : 1) * total) / this.range
  }
}

/**
 * The larger of an upward and a downward movement in its lane, 0 in the other; two zeros when neither is above 0 and
 * the other.
 */
// @ts-ignore: decorator
@inline
export function oneWay(up: f64, down: f64): v128 {
  const both = f64x2.replace_lane(f64x2.splat(up), 1, down)
  const swapped = v128.shuffle<f64>(both, both, 1, 0)
  return v128.and(both, v128.and(f64x2.gt(both, f64x2.splat(0)), f64x2.gt(both, swapped)))
}

/** DX of both running totals; NaN while there is no movement. */
// @ts-ignore: decorator
@inline
export function oneSidedness(plus: f64, minus: f64): f64 {
  const total = plus + minus
  return total > 0 ? (100 * abs(plus - minus)) / total : NaN
}
