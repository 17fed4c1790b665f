import { HilbertTransform } from "./hilbert-transform"
import { unitOf } from "./ticks"

const WARM_UP: i32 = 12
const READY_AFTER: i32 = 32

/** A transform whose output starts only after a while, as TA-Lib's does. */
@unmanaged
export class ReadyTransform {
  /** The part a quarter turn behind the one in phase, in price. */
  quadrature: f64
  divisor: f64
  seen: i32
  spare: i32

  static bytes(): i32 {
    return <i32>offsetof<ReadyTransform>() + HilbertTransform.bytes()
  }

  @inline
  get hilbert(): HilbertTransform {
    return changetype<HilbertTransform>(changetype<usize>(this) + offsetof<ReadyTransform>())
  }

  start(scale: f64 = 0): void {
    this.divisor = unitOf(scale)
    this.seen = WARM_UP
    this.hilbert.start(WARM_UP)
  }

  /** Takes a price; false until the transform is ready, and for a hole. */
  take(price: f64): bool {
    if (!this.hilbert.next(price)) return false
    if (this.seen == READY_AFTER) return true
    this.seen++
    return false
  }
}

/**
 * Length of the dominant cycle in candles, 6 to 50, smoothed (Ehlers, Rocket Science for Traders, ch. 7; TA-Lib
 * HT_DCPERIOD).
 */
@unmanaged
export class HtDcPeriod extends ReadyTransform {
  next(price: f64): f64 {
    return this.take(price) ? this.hilbert.smoothPeriod : NaN
  }
}

/**
 * The two parts of the dominant cycle, a quarter turn apart (Ehlers, Rocket Science for Traders, ch. 6; TA-Lib
 * HT_PHASOR).
 */
@unmanaged
export class HtPhasor extends ReadyTransform {
  /** The part in phase; `quadrature` is a field beside it. */
  next(price: f64): f64 {
    if (!this.take(price)) return NaN
    this.quadrature = this.hilbert.quadrature / this.divisor
    return this.hilbert.inPhase / this.divisor
  }
}
