import { HilbertTransform } from "./hilbert-transform"

const WARM_UP: i32 = 37
const READY_AFTER: i32 = 63
const LONGEST_CYCLE: i32 = 50
const DEGREES: f64 = 180.0 / NativeMath.PI

/**
 * The price's place in its dominant cycle, -45 to 315 degrees (Ehlers, Rocket Science for Traders, ch. 9; TA-Lib
 * HT_DCPHASE).
 */
@unmanaged
export class HtDcPhase {
  phase: f64
  real: f64
  imaginary: f64
  at: i32
  seen: i32

  static bytes(): i32 {
    return <i32>offsetof<HtDcPhase>() + HilbertTransform.bytes() + (LONGEST_CYCLE << 3)
  }

  @inline
  get hilbert(): HilbertTransform {
    return changetype<HilbertTransform>(changetype<usize>(this) + offsetof<HtDcPhase>())
  }

  // The last smoothed prices, one for each candle of the longest cycle.
  @inline
  private smoothed(at: i32): usize {
    return changetype<usize>(this) + offsetof<HtDcPhase>() + <usize>HilbertTransform.bytes() + ((<usize>at) << 3)
  }

  start(): void {
    this.seen = WARM_UP
    this.hilbert.start(WARM_UP)
  }

  next(price: f64): f64 {
    if (!this.follow(price)) return NaN
    return this.isReady ? this.phase : NaN
  }

  /** Whether TA-Lib would show the phase already. */
  get isReady(): bool {
    return this.seen > READY_AFTER
  }

  /** Takes a price and turns `phase`; false while the transform warms up or at a hole. */
  follow(price: f64): bool {
    if (!this.hilbert.next(price)) return false
    store<f64>(this.smoothed(this.at), this.hilbert.smoothed)
    this.project()
    this.turn()
    this.at = this.at + 1 == LONGEST_CYCLE ? 0 : this.at + 1
    if (this.seen <= READY_AFTER) this.seen++
    return true
  }

  // The smoothed prices of one cycle against a sine and a cosine of its length. Each angle follows from the one
  // before by one rotation; and since both waves sum to zero over a cycle, prices count from the newest, which keeps
  // their digits.
  private project(): void {
    const cycle = <i32>(this.hilbert.smoothPeriod + 0.5)
    const newest = this.hilbert.smoothed
    const turn = 2 * NativeMath.PI / <f64>cycle
    const cosine = NativeMath.cos(turn)
    const sine = NativeMath.sin(turn)
    let x: f64 = 1
    let y: f64 = 0
    this.real = 0
    this.imaginary = 0
    for (let i = 0, at = this.at; i < cycle; i++, at = at == 0 ? LONGEST_CYCLE - 1 : at - 1) {
      const price = load<f64>(this.smoothed(at)) - newest
      this.real += y * price
      this.imaginary += x * price
      const turned = x * cosine - y * sine
      y = x * sine + y * cosine
      x = turned
    }
  }

  private turn(): void {
    if (this.imaginary != 0) this.phase = NativeMath.atan(this.real / this.imaginary) * DEGREES
    else if (this.real != 0) this.phase += this.real < 0 ? -90 : 90
    // A quarter turn from cosine to sine, and the lag of one candle that the smoothing costs.
    this.phase += 90 + 360 / this.hilbert.smoothPeriod
    if (this.imaginary < 0) this.phase += 180
    if (this.phase > 315) this.phase -= 360
  }
}
