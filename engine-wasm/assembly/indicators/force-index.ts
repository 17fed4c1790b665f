import { Ema } from "./ema"
import { known } from "./known"

/** Force index: the EMA of volume times the change of the close (Elder, Trading for a Living). */
@unmanaged
export class ForceIndex {
  previousClose: f64

  static bytes(): i32 {
    return <i32>offsetof<ForceIndex>() + Ema.bytes()
  }

  @inline
  private get average(): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<ForceIndex>())
  }

  start(length: i32): void {
    this.previousClose = NaN
    this.average.start(length)
  }

  next(close: f64, volume: f64): f64 {
    if (!known(close + volume)) return NaN
    const force = (close - this.previousClose) * volume
    this.previousClose = close
    return this.average.next(force)
  }
}
