import { Ema } from "./ema"
import { known } from "./known"
import { unitOf } from "./ticks"
import { rangeAfter } from "./true-range"

/** Keltner channel: an EMA of the close, and `multiple` EMAs of the true range above and below it (Pine ta.kc). */
@unmanaged
export class Keltner {
  previousClose: f64
  multiple: f64
  upper: f64
  lower: f64
  divisor: f64

  static bytes(): i32 {
    return <i32>offsetof<Keltner>() + 2 * Ema.bytes()
  }

  @inline
  private get average(): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<Keltner>())
  }

  @inline
  private get range(): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<Keltner>() + <usize>Ema.bytes())
  }

  start(length: i32, multiple: f64, scale: f64 = 0): void {
    this.previousClose = NaN
    this.multiple = multiple
    this.divisor = unitOf(scale)
    this.average.start(length)
    this.range.start(length)
  }

  /** The middle; `upper` and `lower` are fields beside it. All are known once the range is. */
  next(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const middle = this.average.take(close)
    const range = this.range.take(rangeAfter(high, low, this.previousClose))
    this.previousClose = close
    this.upper = (middle + this.multiple * range) / this.divisor
    this.lower = (middle - this.multiple * range) / this.divisor
    return known(range) ? middle / this.divisor : NaN
  }
}
