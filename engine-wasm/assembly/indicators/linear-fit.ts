import { ExactSum } from "./exact-sum"
import { known } from "./known"
import { Sum } from "./sum"

/**
 * Least-squares line through the last `length` values (TA-Lib LINEARREG). `next` answers its value at the newest
 * candle.
 */
@unmanaged
export class LinearFit {
  high: f64
  low: f64
  mean: f64
  /** Rise per candle (TA-Lib LINEARREG_SLOPE). */
  slope: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<LinearFit>() + Sum.bytes(length)
  }

  // The values weighted by twice their distance from the window's middle: whole weights, and no cancellation in the
  // slope.
  @inline
  private get leaning(): ExactSum {
    return changetype<ExactSum>(changetype<usize>(this))
  }

  @inline
  private get sum(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<LinearFit>())
  }

  start(length: i32): void {
    assert(length > 1, "a line needs two candles")
    this.sum.start(length)
    this.sum.divisor = length
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const sum = this.sum
    const leaning = this.leaning
    const length = <f64>sum.length
    leaning.addTimes(length - 1, value)
    leaning.addTimes(length + 1, sum.oldest)
    leaning.add(-2 * sum.high)
    leaning.add(-2 * sum.low)
    this.mean = sum.next(value)
    if (sum.at == 0) this.leanAnew()
    this.slope = (6 * leaning.value) / (length * (length * length - 1))
    return this.at(0)
  }

  private leanAnew(): void {
    this.leaning.clear()
    const length = this.sum.length
    for (let i = 0; i < length; i++) this.leaning.addTimes(<f64>(2 * i - length + 1), load<f64>(this.sum.slot(i)))
  }

  /** Height of the line `ahead` candles after the newest (TA-Lib TSF: 1). */
  at(ahead: f64): f64 {
    return this.mean + this.slope * (0.5 * <f64>(this.sum.length - 1) + ahead)
  }

  /** Height of the line at the oldest candle of the window (TA-Lib LINEARREG_INTERCEPT). */
  intercept(): f64 {
    return this.mean - this.slope * (0.5 * <f64>(this.sum.length - 1))
  }

  /** Angle of the line in degrees, one candle wide and one price unit high (TA-Lib LINEARREG_ANGLE). */
  angle(): f64 {
    return NativeMath.atan(this.slope) * (180 / NativeMath.PI)
  }
}
