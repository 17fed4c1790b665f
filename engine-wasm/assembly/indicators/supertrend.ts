import { known } from "./known"
import { unitOf } from "./ticks"
import { RangeAverage } from "./true-range"

/** A line this near to a half tick, as a share of it, lies there: where nothing moves, the range fades into rounding. */
const NEAR_HALF: f64 = 2 ** -44

function settled(line: f64): f64 {
  const halves = nearest(line * 2) / 2
  return abs(line - halves) <= abs(line) * NEAR_HALF ? halves : line
}

/**
 * Supertrend: a stop `multiple` ATRs away from the candle's middle that only tightens, and changes sides when the
 * close passes it (Seban; Pine ta.supertrend, with `direction` 1 for up and -1 for down, the opposite of Pine's
 * sign). Begins downward, as Pine does.
 */
@unmanaged
export class Supertrend {
  direction: f64
  upper: f64
  lower: f64
  multiple: f64
  previousClose: f64
  divisor: f64

  static bytes(): i32 {
    return <i32>offsetof<Supertrend>() + RangeAverage.bytes()
  }

  @inline
  private get ranges(): RangeAverage {
    return changetype<RangeAverage>(changetype<usize>(this) + offsetof<Supertrend>())
  }

  start(length: i32 = 10, multiple: f64 = 3, scale: f64 = 0): void {
    this.multiple = multiple
    this.direction = -1
    this.upper = Infinity
    this.lower = -Infinity
    this.divisor = unitOf(scale)
    this.ranges.start(length)
  }

  /** The line; `direction` is a field beside it. */
  next(high: f64, low: f64, close: f64): f64 {
    const range = this.ranges.take(high, low, close)
    if (!known(range)) return NaN
    const middle = (high + low) / 2
    this.tighten(settled(middle + this.multiple * range), settled(middle - this.multiple * range))
    if (this.direction > 0 ? close < this.lower : close > this.upper) this.direction = -this.direction
    this.previousClose = close
    return (this.direction > 0 ? this.lower : this.upper) / this.divisor
  }

  // A band moves away from the price only after a close beyond it.
  private tighten(upper: f64, lower: f64): void {
    if (upper < this.upper || this.previousClose > this.upper) this.upper = upper
    if (lower > this.lower || this.previousClose < this.lower) this.lower = lower
  }
}
