import { Variance } from "./variance"

/** TA-Lib's zero: it calls a smaller variance none at all, which shows at prices below 0.0001. */
const LEAST_VARIANCE: f64 = 1e-14

/** Standard deviation of a variance, as TA-Lib takes it; NaN while not ready. */
// @ts-ignore: decorator
@inline
export function deviationOf(variance: f64): f64 {
  return variance < LEAST_VARIANCE ? 0 : sqrt(variance)
}

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
    return deviationOf(this.variance.next(value)) * this.deviations
  }
}
