import { get, set } from "../operators/column"
import { ExactSum, lostBy } from "./exact-sum"
import { known } from "./known"

/**
 * Sum of the last `length` values, without drift (TA-Lib SUM). On a price grid (`scale` > 0) it is counted in whole
 * ticks.
 */
@unmanaged
export class Sum {
  high: f64
  low: f64
  scale: f64
  divisor: f64
  length: i32
  at: i32
  full: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Sum>() + (length << 3)
  }

  start(length: i32, scale: f64 = 0): void {
    assert(length > 0, "a window has at least one candle")
    this.length = length
    this.scale = scale
    this.divisor = scale > 0 ? scale : 1
  }

  // The two doubles the struct begins with.
  @inline
  get total(): ExactSum {
    return changetype<ExactSum>(changetype<usize>(this))
  }

  /** A value in the unit the window is kept in: ticks on a grid, itself otherwise. */
  @inline
  units(value: f64): f64 {
    return this.scale > 0 ? nearest(value * this.scale) : value
  }

  /** What the next value will push out, in units; 0 while the window fills. */
  @inline
  get oldest(): f64 {
    return load<f64>(this.slot(this.at))
  }

  @inline
  slot(i: i32): usize {
    return changetype<usize>(this) + offsetof<Sum>() + ((<usize>i) << 3)
  }

  /** The sum (divided by the divisor) with this value in and the oldest one out. */
  next(value: f64): f64 {
    if (!known(value)) return NaN
    return this.scale > 0 ? this.nextOnGrid(nearest(value * this.scale)) : this.nextOffGrid(value)
  }

  // Whole numbers of ticks add up without a remainder.
  @inline
  private nextOnGrid(ticks: f64): f64 {
    const slot = this.slot(this.at)
    this.high += ticks - load<f64>(slot)
    store<f64>(slot, ticks)
    if (++this.at == this.length) {
      this.at = 0
      this.full = 1
    }
    return this.full ? this.high / this.divisor : NaN
  }

  private nextOffGrid(value: f64): f64 {
    const slot = this.slot(this.at)
    this.total.add(value)
    this.total.add(-load<f64>(slot))
    store<f64>(slot, value)
    if (++this.at == this.length) this.wrap()
    return this.full ? this.total.value / this.divisor : NaN
  }

  // Summing the window anew once per length costs one addition a candle and clears whatever two doubles could not hold.
  private wrap(): void {
    this.at = 0
    this.full = 1
    let high: f64 = 0
    let low: f64 = 0
    for (let i = 0; i < this.length; i++) {
      const value = load<f64>(this.slot(i))
      const sum = high + value
      low += lostBy(high, value, sum)
      high = sum
    }
    this.high = high
    this.low = low
  }

  /** `next` over a block, with the state in locals. */
  run(count: i32, destination: usize, source: usize): void {
    if (this.scale > 0) this.runOnGrid(count, destination, source)
    else this.runOffGrid(count, destination, source)
  }

  private runOnGrid(count: i32, destination: usize, source: usize): void {
    const scale = this.scale
    const divisor = this.divisor
    const last = this.slot(this.length - 1)
    let slot = this.slot(this.at)
    let sum = this.high
    let full = this.full != 0
    for (let i = 0; i < count; i++) {
      const value = get(source, i)
      if (!known(value)) {
        set(destination, i, NaN)
        continue
      }
      const ticks = nearest(value * scale)
      sum += ticks - load<f64>(slot)
      store<f64>(slot, ticks)
      full = full || slot == last
      slot = slot == last ? this.slot(0) : slot + 8
      set(destination, i, select<f64>(sum / divisor, NaN, full))
    }
    this.high = sum
    this.at = <i32>((slot - this.slot(0)) >> 3)
    this.full = <i32>full
  }

  private runOffGrid(count: i32, destination: usize, source: usize): void {
    const divisor = this.divisor
    const last = this.slot(this.length - 1)
    let slot = this.slot(this.at)
    let high = this.high
    let low = this.low
    for (let i = 0; i < count; i++) {
      const value = get(source, i)
      if (!known(value)) {
        set(destination, i, NaN)
        continue
      }
      const oldest = -load<f64>(slot)
      store<f64>(slot, value)
      const added = high + value
      low += lostBy(high, value, added)
      high = added + oldest
      low += lostBy(added, oldest, high)
      if (slot == last) {
        this.wrap()
        high = this.high
        low = this.low
        slot = this.slot(0)
      } else slot += 8
      set(destination, i, select<f64>((high + low) / divisor, NaN, this.full != 0))
    }
    this.high = high
    this.low = low
    this.at = <i32>((slot - this.slot(0)) >> 3)
  }
}
