import { known } from "./known"
import { Sum } from "./sum"

/**
 * Money flow index, 0 to 100: an RSI of price x volume over the window; 0 where the price did not move
 * (Quong & Soudack; TA-Lib MFI).
 */
@unmanaged
export class Mfi {
  previous: f64
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Mfi>() + 2 * Sum.bytes(length)
  }

  @inline
  private get inflow(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Mfi>())
  }

  @inline
  private get outflow(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Mfi>() + <usize>Sum.bytes(this.length))
  }

  start(length: i32): void {
    this.previous = NaN
    this.length = length
    this.inflow.start(length)
    this.outflow.start(length)
  }

  next(high: f64, low: f64, close: f64, volume: f64): f64 {
    const price = (high + low + close) / 3
    const paid = price * volume
    if (!known(paid)) return NaN
    const change = price - this.previous
    this.previous = price
    if (change != change) return NaN
    const inflow = this.inflow.next(change > 0 ? paid : 0)
    const both = inflow + this.outflow.next(change < 0 ? paid : 0)
    return both == 0 ? 0 : 100 * (inflow / both)
  }
}
