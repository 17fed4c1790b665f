import { HtDcPhase } from "./ht-dc-phase"

const RADIANS: f64 = NativeMath.PI / 180.0

/**
 * Sine of the dominant cycle's phase, and the same 45 degrees ahead (Ehlers, Rocket Science for Traders, ch. 9;
 * TA-Lib HT_SINE).
 */
@unmanaged
export class HtSine {
  leadSine: f64

  static bytes(): i32 {
    return <i32>offsetof<HtSine>() + HtDcPhase.bytes()
  }

  @inline
  private get cycle(): HtDcPhase {
    return changetype<HtDcPhase>(changetype<usize>(this) + offsetof<HtSine>())
  }

  start(): void {
    this.cycle.start()
  }

  /** The sine; `leadSine` is a field beside it. */
  next(price: f64): f64 {
    const phase = this.cycle.next(price)
    this.leadSine = sineOf(phase + 45)
    return sineOf(phase)
  }
}

/** Sine of an angle in degrees. */
export function sineOf(degrees: f64): f64 {
  return NativeMath.sin(degrees * RADIANS)
}
