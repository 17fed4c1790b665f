import { known } from "./known"
import { absoluteSpread, distance, sumAboveOldest } from "./spread"
import { Window } from "./window"

/**
 * Commodity channel index of (high + low + close) / 3: distance from its mean in units of 0.015 mean deviations; 0 in
 * a still market (Lambert; TA-Lib CCI).
 */
@unmanaged
export class Cci extends Window {
  next(high: f64, low: f64, close: f64): f64 {
    const price = high + low + close
    if (!known(price)) return NaN
    this.push(price)
    if (!this.isFull) return NaN
    const length = this.length
    const sum = sumAboveOldest(this.oldest, length)
    const spread = absoluteSpread(this.oldest, length, sum)
    // Of whole numbers, divided once: 200 / 3 = 1 / 0.015.
    return spread == 0 ? 0 : (200 * <f64>length * distance(this.oldest, length - 1, length, sum)) / (3 * spread)
  }
}
