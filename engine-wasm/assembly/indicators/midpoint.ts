import { Midprice } from "./midprice"

/** Halfway between the highest and the lowest of the last `length` values (TA-Lib MIDPOINT). */
@unmanaged
export class Midpoint {
  static bytes(length: i32): i32 {
    return Midprice.bytes(length)
  }

  @inline
  private get midprice(): Midprice {
    return changetype<Midprice>(changetype<usize>(this))
  }

  start(length: i32, scale: f64 = 0): void {
    this.midprice.start(length, scale)
  }

  next(value: f64): f64 {
    return this.midprice.next(value, value)
  }
}
