import { get, set } from "../operators/column"
import { ExactSum } from "./exact-sum"
import { known } from "./known"
import { Sum } from "./sum"

/**
 * Weighted moving average: weight `length` for the newest value down to 1 for the oldest (TA-Lib WMA; correctly
 * rounded on a grid).
 */
@unmanaged
export class Wma {
  high: f64
  low: f64
  divisor: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Wma>() + Sum.bytes(length)
  }

  @inline
  private get weighted(): ExactSum {
    return changetype<ExactSum>(changetype<usize>(this))
  }

  @inline
  private get sum(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Wma>())
  }

  start(length: i32, scale: f64 = 0): void {
    this.sum.start(length, scale)
    this.divisor = 0.5 * <f64>length * (<f64>length + 1) * this.sum.divisor
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const sum = this.sum
    const weighted = this.weighted
    // Every value grows a candle older and loses one weight: together they lose the old sum.
    weighted.addTimes(<f64>sum.length, sum.units(value))
    weighted.add(-sum.high)
    weighted.add(-sum.low)
    sum.next(value)
    if (sum.at == 0) this.weighAnew()
    return sum.full ? weighted.value / this.divisor : NaN
  }

  /** `next` over a block; on a grid, where every sum is a whole number, with the state in locals. */
  run(count: i32, destination: usize, source: usize): void {
    if (this.sum.scale > 0) this.runOnGrid(count, destination, source)
    else for (let i = 0; i < count; i++) set(destination, i, this.next(get(source, i)))
  }

  private runOnGrid(count: i32, destination: usize, source: usize): void {
    const window = this.sum
    const length = <f64>window.length
    const divisor = this.divisor
    const last = window.slot(window.length - 1)
    let slot = window.slot(window.at)
    let sum = window.high
    let weighted = this.high
    let full = window.full != 0
    for (let i = 0; i < count; i++) {
      const value = get(source, i)
      if (!known(value)) {
        set(destination, i, NaN)
        continue
      }
      const ticks = window.units(value)
      weighted += length * ticks - sum
      sum += ticks - load<f64>(slot)
      store<f64>(slot, ticks)
      full = full || slot == last
      slot = slot == last ? window.slot(0) : slot + 8
      set(destination, i, select<f64>(weighted / divisor, NaN, full))
    }
    window.high = sum
    window.at = <i32>((slot - window.slot(0)) >> 3)
    window.full = <i32>full
    this.high = weighted
  }

  private weighAnew(): void {
    this.weighted.clear()
    for (let i = 0; i < this.sum.length; i++) this.weighted.addTimes(<f64>(i + 1), load<f64>(this.sum.slot(i)))
  }
}
