import { ExactSum } from "./exact-sum"
import { known } from "./known"
import { Sum } from "./sum"
import { unitOf } from "./ticks"

/** Least-squares line through the last `length` values. */
@unmanaged
export class LinearFit {
  high: f64
  low: f64
  divisor: f64

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

  start(length: i32, scale: f64 = 0): void {
    assert(length > 1, "a line needs two candles")
    this.divisor = unitOf(scale)
    this.sum.begin(length, length, scale > 0)
  }

  /** Takes a value; false until the window is full, and for a hole. */
  take(value: f64): bool {
    if (!known(value)) return false
    const sum = this.sum
    const leaning = this.leaning
    const length = <f64>sum.length
    leaning.addProduct(length - 1, value)
    leaning.addProduct(length + 1, sum.oldest)
    leaning.add(-2 * sum.high)
    leaning.add(-2 * sum.low)
    sum.push(value)
    if (sum.at == 0) this.leanAnew()
    return sum.full != 0
  }

  private leanAnew(): void {
    this.leaning.clear()
    const length = this.sum.length
    for (let i = 0; i < length; i++) this.leaning.addProduct(<f64>(2 * i - length + 1), load<f64>(this.sum.slot(i)))
  }

  /** Rise per candle. */
  get slope(): f64 {
    const length = <f64>this.sum.length
    return (6 * this.leaning.value) / (length * (length * length - 1) * this.divisor)
  }

  /**
   * Height of the line this many half candles before the window's middle, an odd or even number like length - 1. For
   * integers it is one division of integers, so that a price on the line is equal to it.
   */
  heightAt(halves: f64): f64 {
    const sum = this.sum
    const length = <f64>sum.length
    const squares = length * length - 1
    if (sum.whole) return (sum.high * squares + 3 * halves * this.high) / (length * squares * this.divisor)
    return (sum.value + (3 * halves * this.leaning.value) / (length * squares)) / this.divisor
  }

  /** Half candles from the window's middle to its newest candle. */
  get newest(): f64 {
    return <f64>(this.sum.length - 1)
  }
}

/** The line at the newest candle (TA-Lib LINEARREG). */
@unmanaged
export class Linreg extends LinearFit {
  next(value: f64): f64 {
    return this.take(value) ? this.heightAt(this.newest) : NaN
  }
}

/** The line one candle ahead (TA-Lib TSF). */
@unmanaged
export class Tsf extends LinearFit {
  next(value: f64): f64 {
    return this.take(value) ? this.heightAt(this.newest + 2) : NaN
  }
}

/** The line at the oldest candle of its window (TA-Lib LINEARREG_INTERCEPT). */
@unmanaged
export class LinregIntercept extends LinearFit {
  next(value: f64): f64 {
    return this.take(value) ? this.heightAt(-this.newest) : NaN
  }
}

/** Rise of the line per candle (TA-Lib LINEARREG_SLOPE). */
@unmanaged
export class LinregSlope extends LinearFit {
  next(value: f64): f64 {
    return this.take(value) ? this.slope : NaN
  }
}

/** Angle of the line in degrees, one candle wide and one price unit high (TA-Lib LINEARREG_ANGLE). */
@unmanaged
export class LinregAngle extends LinearFit {
  next(value: f64): f64 {
    return this.take(value) ? NativeMath.atan(this.slope) * (180 / NativeMath.PI) : NaN
  }
}
