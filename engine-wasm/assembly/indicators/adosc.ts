import { known } from "./known"
import { moneyFlowVolume } from "./money-flow-volume"

/**
 * Chaikin oscillator: fast less slow EMA of the accumulation/distribution line, both begun at its first value (TA-Lib
 * ADOSC).
 * Only the EMAs' distances from the line are kept, so neither the line's height nor where it began costs a digit.
 */
@unmanaged
export class Adosc {
  fast: f64
  slow: f64
  fastKeeps: f64
  slowKeeps: f64
  waiting: i32
  started: i32

  static bytes(): i32 {
    return <i32>offsetof<Adosc>()
  }

  start(fast: i32, slow: i32): void {
    assert(min(fast, slow) > 0, "an average has at least one candle")
    this.fastKeeps = 1 - 2.0 / (<f64>fast + 1)
    this.slowKeeps = 1 - 2.0 / (<f64>slow + 1)
    this.waiting = max(fast, slow)
  }

  next(high: f64, low: f64, close: f64, volume: f64): f64 {
    if (!known(high + low + close + volume)) return NaN
    if (this.started) this.follow(moneyFlowVolume(high, low, close, volume))
    this.started = 1
    if (this.waiting > 0) this.waiting--
    return this.waiting > 0 ? NaN : this.fast - this.slow
  }

  private follow(step: f64): void {
    this.fast = this.fastKeeps * (this.fast - step)
    this.slow = this.slowKeeps * (this.slow - step)
  }
}
