import { get, set } from "../operators/column"
import { known } from "./known"

/**
 * Exponential moving average, weight 2 / (length + 1), seeded with the plain average of the first `length` values
 * (TA-Lib EMA).
 */
@unmanaged
export class Ema {
  value: f64
  weight: f64
  length: i32
  seen: i32

  static bytes(): i32 {
    return <i32>offsetof<Ema>()
  }

  start(length: i32, weight: f64 = 2.0 / (<f64>length + 1)): void {
    assert(length > 0, "an average has at least one candle")
    this.length = length
    this.weight = weight
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    if (this.seen < this.length) return this.seed(value)
    this.value += this.weight * (value - this.value)
    return this.value
  }

  private seed(value: f64): f64 {
    this.value += value
    if (++this.seen < this.length) return NaN
    this.value /= <f64>this.length
    return this.value
  }

  /** `next` over a block, with the state in locals once it is seeded. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    while (i < count && this.seen < this.length) {
      set(destination, i, this.next(get(source, i)))
      i++
    }
    const weight = this.weight
    let average = this.value
    for (; i < count; i++) {
      const value = get(source, i)
      const isKnown = known(value)
      if (isKnown) average += weight * (value - average)
      set(destination, i, isKnown ? average : NaN)
    }
    this.value = average
  }
}
