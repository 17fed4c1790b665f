import { Atr } from "./atr"
import { known } from "./known"

/**
 * Supertrend: a stop `multiple` ATRs away from the candle's middle that only tightens, and changes sides when the
 * close passes it
 * (Seban; Pine ta.supertrend, with `direction` 1 for up and -1 for down, the opposite of Pine's sign). Begins
 * downward, as Pine does.
 */
@unmanaged
export class Supertrend {
  direction: f64
  upper: f64
  lower: f64
  multiple: f64
  previousClose: f64

  static bytes(): i32 {
    return <i32>offsetof<Supertrend>() + Atr.bytes()
  }

  @inline
  private get atr(): Atr {
    return changetype<Atr>(changetype<usize>(this) + offsetof<Supertrend>())
  }

  start(length: i32 = 10, multiple: f64 = 3): void {
    this.multiple = multiple
    this.direction = -1
    this.upper = Infinity
    this.lower = -Infinity
    this.atr.start(length)
  }

  /** The line; `direction` stands beside it. */
  next(high: f64, low: f64, close: f64): f64 {
    const range = this.atr.next(high, low, close)
    if (!known(range)) return NaN
    const middle = (high + low) / 2
    this.tighten(middle + this.multiple * range, middle - this.multiple * range)
    if (this.direction > 0 ? close < this.lower : close > this.upper) this.direction = -this.direction
    this.previousClose = close
    return this.direction > 0 ? this.lower : this.upper
  }

  // A band moves away from the price only after a close beyond it.
  private tighten(upper: f64, lower: f64): void {
    if (upper < this.upper || this.previousClose > this.upper) this.upper = upper
    if (lower > this.lower || this.previousClose < this.lower) this.lower = lower
  }
}
