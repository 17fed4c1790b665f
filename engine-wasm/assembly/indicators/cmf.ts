import { known } from "./known"
import { moneyFlowVolume } from "./money-flow-volume"
import { Sum } from "./sum"

/**
 * Chaikin money flow: money flow volume over volume of the last `length` candles, -1 to 1; NaN while nothing was
 * traded (Chaikin).
 */
@unmanaged
export class Cmf {
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Cmf>() + 2 * Sum.bytes(length)
  }

  @inline
  private get flow(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Cmf>())
  }

  @inline
  private get volume(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Cmf>() + <usize>Sum.bytes(this.length))
  }

  start(length: i32): void {
    this.length = length
    this.flow.start(length)
    this.volume.start(length)
  }

  next(high: f64, low: f64, close: f64, volume: f64): f64 {
    if (!known(high + low + close + volume)) return NaN
    return this.flow.next(moneyFlowVolume(high, low, close, volume)) / this.volume.next(volume)
  }
}
