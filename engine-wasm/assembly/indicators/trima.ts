import { Sum } from "./sum"

/**
 * Triangular moving average: an average of an average, the weights rise to the middle and fall again (TA-Lib TRIMA;
 * correctly rounded on a grid).
 */
@unmanaged
export class Trima {
  innerBytes: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Trima>() + Sum.bytes((length + 1) / 2) + Sum.bytes(length / 2 + 1)
  }

  @inline
  private get inner(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Trima>())
  }

  @inline
  private get outer(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Trima>() + <usize>this.innerBytes)
  }

  start(length: i32, scale: f64 = 0): void {
    const first = (length + 1) / 2
    const second = length / 2 + 1
    this.innerBytes = Sum.bytes(first)
    this.inner.start(first, scale)
    // Sums of ticks are whole numbers again; dividing once, at the end, keeps ties exact.
    this.outer.start(second, scale > 0 ? 1 : 0)
    this.outer.divisor = <f64>first * <f64>second * this.inner.divisor
    this.inner.divisor = 1
  }

  next(value: f64): f64 {
    return this.outer.next(this.inner.next(value))
  }
}
