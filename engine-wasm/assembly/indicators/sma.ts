import { Sum } from "./sum"

/**
 * Simple moving average: the sum of the last `length` values divided once (TA-Lib SMA; correctly rounded when `scale`
 * > 0).
 */
@unmanaged
export class Sma {
  static bytes(length: i32): i32 {
    return Sum.bytes(length)
  }

  @inline
  private get sum(): Sum {
    return changetype<Sum>(changetype<usize>(this))
  }

  start(length: i32, scale: f64 = 0): void {
    this.sum.start(length, scale)
    this.sum.divisor *= length
  }

  next(value: f64): f64 {
    return this.sum.next(value)
  }

  run(count: i32, destination: usize, source: usize): void {
    this.sum.run(count, destination, source)
  }
}
