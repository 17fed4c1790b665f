import { known } from "./known"
import { moneyFlowVolume } from "./money-flow-volume"

/** Accumulation/distribution line: the money flow volume of all candles added up (Chaikin; TA-Lib AD). */
@unmanaged
export class Ad {
  value: f64

  static bytes(): i32 {
    return <i32>offsetof<Ad>()
  }

  start(): void {
    this.value = 0
  }

  next(high: f64, low: f64, close: f64, volume: f64): f64 {
    if (!known(high + low + close + volume)) return NaN
    this.value += moneyFlowVolume(high, low, close, volume)
    return this.value
  }
}
