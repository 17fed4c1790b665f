import { known } from "./known"

/** The value `length` candles ago. */
@unmanaged
export class Lag {
  length: i32
  at: i32
  full: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Lag>() + (length << 3)
  }

  start(length: i32): void {
    assert(length > 0, "a value looks back at least one candle")
    this.length = length
  }

  next(value: f64): f64 {
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
