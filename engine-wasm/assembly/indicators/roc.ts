import { Lag } from "./lag"

/** Rate of change in percent, 0 where the earlier value is 0 (TA-Lib ROC). */
@unmanaged
export class Roc {
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
    return before == 0 ? 0 : (value / before - 1) * 100
  }
}
