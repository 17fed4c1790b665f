import { Highest } from "./highest"
import { known } from "./known"
import { Lowest } from "./lowest"
import { halfway } from "./median"

/** Halfway between the highest high and the lowest low of the last `length` candles (TA-Lib MIDPRICE). */
@unmanaged
export class Midprice {
  scale: f64
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Midprice>() + Highest.bytes(length) + Lowest.bytes(length)
  }

  @inline
  private get highest(): Highest {
    return changetype<Highest>(changetype<usize>(this) + offsetof<Midprice>())
  }

  @inline
  private get lowest(): Lowest {
    return changetype<Lowest>(changetype<usize>(this) + offsetof<Midprice>() + <usize>Highest.bytes(this.length))
  }

  start(length: i32, scale: f64 = 0): void {
    this.scale = scale
    this.length = length
    this.highest.start(length)
    this.lowest.start(length)
  }

  next(high: f64, low: f64): f64 {
    if (!known(high + low)) return NaN
    return halfway(this.highest.next(high), this.lowest.next(low), this.scale)
  }
}
