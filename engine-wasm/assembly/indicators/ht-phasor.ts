import { HilbertTransform } from "./hilbert-transform"

const WARM_UP: i32 = 12
const READY_AFTER: i32 = 32

/**
 * The two parts of the dominant cycle, a quarter turn apart (Ehlers, Rocket Science for Traders, ch. 6; TA-Lib
 * HT_PHASOR).
 */
@unmanaged
export class HtPhasor {
  quadrature: f64
  seen: i32
  spare: i32

  static bytes(): i32 {
    return <i32>offsetof<HtPhasor>() + HilbertTransform.bytes()
  }

  @inline
  private get hilbert(): HilbertTransform {
    return changetype<HilbertTransform>(changetype<usize>(this) + offsetof<HtPhasor>())
  }

  start(): void {
    this.seen = WARM_UP
    this.hilbert.start(WARM_UP)
  }

  /** The part in phase; `quadrature` stands beside it. */
  next(price: f64): f64 {
    this.quadrature = NaN
    if (!this.hilbert.next(price)) return NaN
    if (this.seen < READY_AFTER) {
      this.seen++
      return NaN
    }
    this.quadrature = this.hilbert.quadrature
    return this.hilbert.inPhase
  }
}
