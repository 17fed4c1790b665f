import { known } from "./known"
import { absoluteSpread, meanAboveOldest } from "./spread"
import { Window } from "./window"

/**
 * Commodity channel index of (high + low + close) / 3: distance from its mean in units of 0.015 mean deviations; 0 in
 * a still market (Lambert; TA-Lib CCI).
 */
@unmanaged
export class Cci {
  static bytes(length: i32): i32 {
    return Window.bytes(length)
  }

  @inline
  private get window(): Window {
    return changetype<Window>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.window.start(length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    const price = (high + low + close) / 3
    if (!known(price)) return NaN
    this.window.push(price)
    if (!this.window.isFull) return NaN
    const window = this.window.oldest
    const mean = meanAboveOldest(window, this.window.length)
    const distance = price - load<f64>(window) - mean
    const spread = absoluteSpread(window, this.window.length, mean)
    return distance != 0 && spread != 0 ? distance / (0.015 * spread) : 0
  }
}
