import { Lag } from "./lag"

/** Ratio to the value `length` candles ago, 0 where that is 0 (TA-Lib ROCR). */
@unmanaged
export class Rocr {
  static bytes(length: i32): i32 {
    return Lag.bytes(length)
  }

  @inline
  private get lag(): Lag {
    return changetype<Lag>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.lag.start(length)
  }

  next(value: f64): f64 {
    const before = this.lag.next(value)
    return before == 0 ? 0 : value / before
  }
}
