import { Highest } from "./highest"
import { known } from "./known"
import { Lowest } from "./lowest"

/** Where the close stands between the lowest low and the highest high of the last `length` candles, 0 to 100; 0 where they are equal (Lane; TA-Lib STOCHF). */
@unmanaged
export class RawStochastic {
  lowestAt: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<RawStochastic>() + Highest.bytes(length) + Lowest.bytes(length)
  }

  @inline
  private get highest(): Highest {
    return changetype<Highest>(changetype<usize>(this) + offsetof<RawStochastic>())
  }

  @inline
  private get lowest(): Lowest {
    return changetype<Lowest>(changetype<usize>(this) + offsetof<RawStochastic>() + <usize>this.lowestAt)
  }

  start(length: i32): void {
    this.lowestAt = Highest.bytes(length)
    this.highest.start(length)
    this.lowest.start(length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const top = this.highest.next(high)
    const bottom = this.lowest.next(low)
    const percent = (top - bottom) / 100
    return percent != 0 ? (close - bottom) / percent : 0
  }
}
