import { known } from "./known"

/**
 * On-balance volume: volume added on a higher close, taken away on a lower one; begins with the first volume
 * (Granville; TA-Lib OBV).
 */
@unmanaged
export class Obv {
  value: f64
  previousClose: f64

  static bytes(): i32 {
    return <i32>offsetof<Obv>()
  }

  start(): void {
    this.previousClose = -Infinity
  }

  next(close: f64, volume: f64): f64 {
    if (!known(close + volume)) return NaN
    if (close > this.previousClose) this.value += volume
    else if (close < this.previousClose) this.value -= volume
    this.previousClose = close
    return this.value
  }
}
