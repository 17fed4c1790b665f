import { known } from "./known"
import { Sum } from "./sum"

/**
 * Volume-weighted moving average: sum of value x volume over sum of volume; NaN while nothing was traded (Pine
 * ta.vwma).
 */
@unmanaged
export class Vwma {
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Vwma>() + 2 * Sum.bytes(length)
  }

  @inline
  private get paid(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Vwma>())
  }

  @inline
  private get volume(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Vwma>() + <usize>Sum.bytes(this.length))
  }

  start(length: i32): void {
    this.length = length
    this.paid.start(length)
    this.volume.start(length)
  }

  next(volume: f64, value: f64): f64 {
    const paid = value * volume
    if (!known(paid)) return NaN
    return this.paid.next(paid) / this.volume.next(volume)
  }
}
