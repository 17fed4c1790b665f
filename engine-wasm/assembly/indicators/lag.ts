import { known } from "./known"
import { unitOf } from "./ticks"

/** The value `length` candles ago. */
@unmanaged
export class Lag {
  divisor: f64
  length: i32
  at: i32
  full: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Lag>() + (length << 3)
  }

  start(length: i32, scale: f64 = 0): void {
    assert(length > 0, "a value looks back at least one candle")
    this.length = length
    this.divisor = unitOf(scale)
  }

  /** Takes a value; returns the one `length` candles ago, NaN before there are enough. */
  before(value: f64): f64 {
    if (!known(value)) return NaN
    const slot = changetype<usize>(this) + offsetof<Lag>() + ((<usize>this.at) << 3)
    const before = this.full ? load<f64>(slot) : NaN
    store<f64>(slot, value)
    if (++this.at == this.length) {
      this.at = 0
      this.full = 1
    }
    return before
  }
}

/** Momentum: the change over `length` candles (TA-Lib MOM). */
@unmanaged
export class Mom extends Lag {
  next(value: f64): f64 {
    return (value - this.before(value)) / this.divisor
  }
}

/** Rate of change in percent, 0 where the earlier value is 0 (TA-Lib ROC). */
@unmanaged
export class Roc extends Lag {
  next(value: f64): f64 {
    const before = this.before(value)
    return before == 0 ? 0 : (100 * (value - before)) / before
  }
}

/** Rate of change as a fraction of the earlier value, 0 where that is 0 (TA-Lib ROCP). */
@unmanaged
export class Rocp extends Lag {
  next(value: f64): f64 {
    const before = this.before(value)
    return before == 0 ? 0 : (value - before) / before
  }
}

/** Ratio to the value `length` candles ago, 0 where that is 0 (TA-Lib ROCR). */
@unmanaged
export class Rocr extends Lag {
  next(value: f64): f64 {
    const before = this.before(value)
    return before == 0 ? 0 : value / before
  }
}

/** Ratio to the value `length` candles ago in percent, 0 where that is 0 (TA-Lib ROCR100). */
@unmanaged
export class Rocr100 extends Lag {
  next(value: f64): f64 {
    const before = this.before(value)
    return before == 0 ? 0 : (100 * value) / before
  }
}
