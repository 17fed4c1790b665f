import { unitOf } from "./ticks"

/**
 * The source less its value `length` candles ago (Pine ta.change). Counts every candle, as `source - source[length]`
 * does.
 */
@unmanaged
export class Change {
  divisor: f64
  length: i32
  at: i32
  seen: i64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Change>() + (length << 3)
  }

  start(length: i32, scale: f64 = 0): void {
    assert(length > 0, "a change needs an earlier candle")
    this.divisor = unitOf(scale)
    this.length = length
  }

  next(value: f64): f64 {
    const slot = changetype<usize>(this) + offsetof<Change>() + ((<usize>this.at) << 3)
    const before = this.seen < this.length ? NaN : load<f64>(slot)
    store<f64>(slot, value)
    this.at = this.at + 1 == this.length ? 0 : this.at + 1
    this.seen++
    return (value - before) / this.divisor
  }
}
