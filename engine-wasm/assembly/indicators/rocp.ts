import { Lag } from "./lag"

/** Rate of change as a fraction of the earlier value, 0 where that is 0 (TA-Lib ROCP). */
@unmanaged
export class Rocp {
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
    return before == 0 ? 0 : (value - before) / before
  }
}
