import { ExactSum } from "./exact-sum"
import { known } from "./known"
import { Sum } from "./sum"

/** Weighted moving average: weight `length` for the newest value down to 1 for the oldest (TA-Lib WMA; correctly rounded on a grid). */
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

  private weighAnew(): void {
    this.weighted.clear()
    for (let i = 0; i < this.sum.length; i++) this.weighted.addTimes(<f64>(i + 1), load<f64>(this.sum.slot(i)))
  }
}
