import { Variance } from "./variance"

/** Standard deviation of the last `length` values as a population, times `deviations` (TA-Lib STDDEV). */
@unmanaged
export class Stddev {
  deviations: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Stddev>() + Variance.bytes(length)
  }

  @inline
  private get variance(): Variance {
    return changetype<Variance>(changetype<usize>(this) + offsetof<Stddev>())
  }

  start(length: i32, deviations: f64 = 1, scale: f64 = 0): void {
    this.deviations = deviations
    this.variance.start(length, scale)
  }

  next(value: f64): f64 {
    return sqrt(this.variance.next(value)) * this.deviations
  }
}
