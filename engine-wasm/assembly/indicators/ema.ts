import { get, set } from "../column"
import { known } from "./known"
import { unitOf } from "./ticks"

/** Far below one unit of anything traded: a total this small means nothing any more. */
export const NOTHING: f64 = 1e-200

/**
 * A smoothed value, seeded with the plain average of the first `length` values. It approaches constant values; once
 * only rounding separates them, it becomes equal.
 */
@unmanaged
export class Smoothing {
  value: f64
  weight: f64
  near: f64
  divisor: f64
  length: i32
  seen: i32

  static bytes(): i32 {
    return <i32>offsetof<Smoothing>()
  }

  begin(length: i32, weight: f64, scale: f64): void {
    assert(length > 0, "an average has at least one candle")
    this.length = length
    this.weight = weight
    this.near = nearnessOf(length)
    this.divisor = unitOf(scale)
  }

  get isSeeded(): bool {
    return this.seen == this.length
  }

  /** Takes a value; the average in the values' own unit, NaN before it is seeded. */
  take(value: f64): f64 {
    if (!known(value)) return NaN
    if (this.seen < this.length) return this.seed(value)
    const distance = value - this.value
    this.value = isNear(distance, value, this.near) ? value : this.value + this.weight * distance
    return this.value
  }

  private seed(value: f64): f64 {
    this.value += value
    if (++this.seen < this.length) return NaN
    this.value /= <f64>this.length
    return this.value
  }

  // A seed is a sum divided once, so that it equals a plain average where both agree.
  next(value: f64): f64 {
    const isSeed = this.seen == this.length - 1
    const sum = this.value + value
    const average = this.take(value)
    return isSeed && known(average) ? sum / (<f64>this.length * this.divisor) : average / this.divisor
  }

  /** `next` over a block. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    while (i < count) {
      if (this.isSeeded) i = this.follow(i, count, destination, source)
      if (i == count) return
      set(destination, i, this.next(get(source, i)))
      i++
    }
  }

  // With the state in locals, up to a hole or to where the average becomes equal; returns the candle it stopped at.
  private follow(from: i32, count: i32, destination: usize, source: usize): i32 {
    const weight = this.weight
    const near = this.near
    const divisor = this.divisor
    let average = this.value
    let i = from
    for (; i < count; i++) {
      const value = get(source, i)
      const distance = value - average
      if (!known(distance) || isNear(distance, value, near)) break
      average += weight * distance
      set(destination, i, average / divisor)
    }
    this.value = average
    return i
  }
}

/** How close, as a share of the value, an average of this many candles counts as equal: a few times its rounding. */
function nearnessOf(length: i32): f64 {
  return (<f64>length + 64) * 2 ** -50
}

/** Whether a value is so close to its average that only rounding separates them. */
// @ts-ignore: decorator
@inline
export function isNear(distance: f64, value: f64, near: f64): bool {
  return abs(distance) <= abs(value) * near
}

/** Exponential moving average, weight 2 / (length + 1) (TA-Lib EMA). */
@unmanaged
export class Ema extends Smoothing {
  start(length: i32, scale: f64 = 0): void {
    this.begin(length, 2.0 / (<f64>length + 1), scale)
  }
}

/** Wilder's average: an EMA of weight 1 / length (Wilder, New Concepts in Technical Trading Systems; Pine ta.rma). */
@unmanaged
export class Rma extends Smoothing {
  start(length: i32, scale: f64 = 0): void {
    this.begin(length, 1.0 / <f64>length, scale)
  }
}
