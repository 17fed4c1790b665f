import { HilbertTransform } from "./hilbert-transform"
import { unitOf } from "./ticks"

const READY_AFTER: i32 = 32
const WARM_UP: i32 = 12
const DEGREES: f64 = 180.0 / NativeMath.PI

/**
 * MESA adaptive moving average and its follower: the faster the phase turns, the less it smooths (Ehlers, MESA and
 * Trading Market Cycles; TA-Lib MAMA).
 */
@unmanaged
export class Mama {
  average: f64
  follower: f64
  fama: f64
  phase: f64
  fastLimit: f64
  slowLimit: f64
  divisor: f64
  seen: i32
  spare: i32

  static bytes(): i32 {
    return <i32>offsetof<Mama>() + HilbertTransform.bytes()
  }

  @inline
  private get hilbert(): HilbertTransform {
    return changetype<HilbertTransform>(changetype<usize>(this) + offsetof<Mama>())
  }

  start(fastLimit: f64 = 0.5, slowLimit: f64 = 0.05, scale: f64 = 0): void {
    this.divisor = unitOf(scale)
    this.fastLimit = fastLimit
    this.slowLimit = slowLimit
    this.seen = WARM_UP
    this.hilbert.start(WARM_UP)
  }

  /** The average; its follower is in `fama`. */
  next(price: f64): f64 {
    if (!this.hilbert.next(price)) return NaN
    const weight = this.weight()
    this.average += weight * (price - this.average)
    this.follower += 0.5 * weight * (this.average - this.follower)
    this.fama = this.follower / this.divisor
    if (this.seen < READY_AFTER) {
      this.seen++
      return NaN
    }
    return this.average / this.divisor
  }

  private weight(): f64 {
    const inPhase = this.hilbert.inPhase
    const quadrature = this.hilbert.quadrature
    const phase = inPhase != 0 ? NativeMath.atan(quadrature / inPhase) * DEGREES : 0
    const turned = this.phase - phase
    this.phase = phase
    return turned > 1 ? max(this.fastLimit / turned, this.slowLimit) : this.fastLimit
  }
}
