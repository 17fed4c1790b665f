import { HilbertTransform } from "./hilbert-transform"

const WARM_UP: i32 = 12
const READY_AFTER: i32 = 32

/**
 * Length of the dominant cycle in candles, 6 to 50, smoothed (Ehlers, Rocket Science for Traders, ch. 7; TA-Lib
 * HT_DCPERIOD).
 */
@unmanaged
export class HtDcPeriod {
  seen: i32
  spare: i32

  static bytes(): i32 {
    return <i32>offsetof<HtDcPeriod>() + HilbertTransform.bytes()
  }

  @inline
  private get hilbert(): HilbertTransform {
    return changetype<HilbertTransform>(changetype<usize>(this) + offsetof<HtDcPeriod>())
  }

  start(): void {
    this.seen = WARM_UP
    this.hilbert.start(WARM_UP)
  }

  next(price: f64): f64 {
    if (!this.hilbert.next(price)) return NaN
    if (this.seen == READY_AFTER) return this.hilbert.smoothPeriod
    this.seen++
    return NaN
  }
}
