import { HtDcPhase } from "./ht-dc-phase"
import { sineOf } from "./ht-sine"
import { HtTrendline } from "./ht-trendline"

/** 1 while the price trends, 0 while it cycles (Ehlers, Rocket Science for Traders, ch. 11; TA-Lib HT_TRENDMODE). */
@unmanaged
export class HtTrendMode {
  sine: f64
  leadSine: f64
  phase: f64
  /** Candles since the sines last crossed. */
  trending: f64

  static bytes(): i32 {
    return <i32>offsetof<HtTrendMode>() + HtDcPhase.bytes() + HtTrendline.bytes()
  }

  @inline
  private get cycle(): HtDcPhase {
    return changetype<HtDcPhase>(changetype<usize>(this) + offsetof<HtTrendMode>())
  }

  @inline
  private get line(): HtTrendline {
    return changetype<HtTrendline>(changetype<usize>(this) + offsetof<HtTrendMode>() + <usize>HtDcPhase.bytes())
  }

  start(): void {
    this.cycle.start()
    this.line.start()
  }

  next(price: f64): f64 {
    const trendline = this.line.next(price)
    if (!this.cycle.follow(price)) return NaN
    const mode = this.cycles() ? 0 : 1
    return this.cycle.isReady ? <f64>(isFarFrom(trendline, this.cycle.hilbert.smoothed) ? 1 : mode) : NaN
  }

  // A cycle: the sines crossed less than half a cycle ago, or the phase turns about as fast as the cycle's length says.
  private cycles(): bool {
    const period = this.cycle.hilbert.smoothPeriod
    const turned = this.cycle.phase - this.phase
    this.phase = this.cycle.phase
    const crossed = this.cross()
    this.trending = crossed ? 1 : this.trending + 1
    const perCandle = 360 / period
    return crossed || this.trending < 0.5 * period || (turned > 0.67 * perCandle && turned < 1.5 * perCandle)
  }

  private cross(): bool {
    const before = this.sine - this.leadSine
    this.sine = sineOf(this.phase)
    this.leadSine = sineOf(this.phase + 45)
    return (this.sine > this.leadSine && before <= 0) || (this.sine < this.leadSine && before >= 0)
  }
}

/** The smoothed price is 1.5 percent or more off the trend line. */
function isFarFrom(trendline: f64, smoothed: f64): bool {
  return trendline != 0 && abs((smoothed - trendline) / trendline) >= 0.015
}
