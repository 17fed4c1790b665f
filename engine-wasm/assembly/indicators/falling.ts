import { Lowest } from "./lowest"
import { known } from "./known"

/** 1 while a value is below every one of the `length` values before it (Pine ta.falling), else 0. */
@unmanaged
export class Falling {
  /** The lowest of the last `length` values. */
  extreme: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Falling>() + Lowest.bytes(length)
  }

  @inline
  private get lowest(): Lowest {
    return changetype<Lowest>(changetype<usize>(this) + offsetof<Falling>())
  }

  start(length: i32): void {
    this.extreme = NaN
    this.lowest.start(length)
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const before = this.extreme
    this.extreme = this.lowest.next(value)
    return known(before) ? <f64>i32(value < before) : NaN
  }
}
