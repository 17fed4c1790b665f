import { Lag } from "./lag"

/** Momentum: the change over `length` candles (TA-Lib MOM). */
@unmanaged
export class Mom {
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
    return value - before
  }
}
