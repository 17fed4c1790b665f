import { get, set } from "../operators/column"
import { Highest } from "./highest"
import { known } from "./known"
import { Lowest } from "./lowest"

/**
 * Where the close stands between the lowest low and the highest high of the last `length` candles, 0 to 100; 0 where
 * they are equal (Lane; TA-Lib STOCHF).
 */
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
    return place(close, this.highest.next(high), this.lowest.next(low))
  }

  /** `next` over a block without holes; `lows` is a column to work in. */
  runKnown(count: i32, destination: usize, lows: usize, high: usize, low: usize, close: usize): void {
    this.highest.run(count, destination, high)
    this.lowest.run(count, lows, low)
    for (let i = 0; i < count; i++) set(destination, i, place(get(close, i), get(destination, i), get(lows, i)))
  }
}

function place(close: f64, top: f64, bottom: f64): f64 {
  const range = top - bottom
  return range != 0 ? (100 * (close - bottom)) / range : 0
}
