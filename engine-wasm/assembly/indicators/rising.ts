import { Highest } from "./highest"
import { known } from "./known"

/** 1 while a value is above every one of the `length` values before it (Pine ta.rising), else 0. */
@unmanaged
export class Rising {
  /** The highest of the last `length` values. */
  extreme: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Rising>() + Highest.bytes(length)
  }

  @inline
  private get highest(): Highest {
    return changetype<Highest>(changetype<usize>(this) + offsetof<Rising>())
  }

  start(length: i32): void {
    this.extreme = NaN
    this.highest.start(length)
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const before = this.extreme
    this.extreme = this.highest.next(value)
    return known(before) ? <f64>i32(value > before) : NaN
  }
}
