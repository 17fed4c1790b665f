import { get, set } from "../operators/column"
import { ExactSum } from "./exact-sum"
import { known } from "./known"

/** Sum of the last `length` values, without drift (TA-Lib SUM). On a price grid (`scale` > 0) it is counted in whole ticks. */
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
    const units = this.units(value)
    const slot = this.slot(this.at)
    this.total.add(units)
    this.total.add(-load<f64>(slot))
    store<f64>(slot, units)
    if (++this.at == this.length) this.wrap()
    return this.full ? this.total.value / this.divisor : NaN
  }

  // Summing the window anew once per length costs one addition a candle and clears whatever two doubles could not hold.
  private wrap(): void {
    this.at = 0
    this.full = 1
    this.total.clear()
    for (let i = 0; i < this.length; i++) this.total.add(load<f64>(this.slot(i)))
  }

  /** `next` over a block; on a grid with the state in locals. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    if (this.scale > 0) while (i < count) i = this.runToWrap(i, count, destination, source)
    else for (; i < count; i++) set(destination, i, this.next(get(source, i)))
  }

  private runToWrap(from: i32, count: i32, destination: usize, source: usize): i32 {
    const end = min(count, from + this.length - this.at)
    const full = this.full != 0
    const scale = this.scale
    const divisor = this.divisor
    let slot = this.slot(this.at)
    let sum = this.high
    let i = from
    for (; i < end; i++) {
      const value = get(source, i)
      let result: f64 = NaN
      if (known(value)) {
        const ticks = nearest(value * scale)
        sum += ticks - load<f64>(slot)
        store<f64>(slot, ticks)
        slot += 8
        result = select<f64>(sum / divisor, NaN, full)
      }
      set(destination, i, result)
    }
    this.high = sum
    this.at = <i32>((slot - this.slot(0)) >> 3)
    if (this.at == this.length) {
      this.at = 0
      this.full = 1
      set(destination, end - 1, sum / divisor)
    }
    return i
  }
}
