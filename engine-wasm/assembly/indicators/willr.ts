import { Highest } from "./highest"
import { known } from "./known"
import { Lowest } from "./lowest"

/**
 * Williams %R, -100 to 0: how far the close is below the highest high, in percent of the range; 0 without a range
 * (Williams; TA-Lib WILLR).
 */
@unmanaged
export class Willr {
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Willr>() + Highest.bytes(length) + Lowest.bytes(length)
  }

  @inline
  private get highest(): Highest {
    return changetype<Highest>(changetype<usize>(this) + offsetof<Willr>())
  }

  @inline
  private get lowest(): Lowest {
    return changetype<Lowest>(changetype<usize>(this) + offsetof<Willr>() + <usize>Highest.bytes(this.length))
  }

  start(length: i32): void {
    this.length = length
    this.highest.start(length)
    this.lowest.start(length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const top = this.highest.next(high)
    const percent = (top - this.lowest.next(low)) / -100
    return percent != 0 ? (top - close) / percent : 0
  }
}
