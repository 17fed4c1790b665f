import { known } from "./known"

const A: f64 = 0.0962
const B: f64 = 0.5769
const DEGREES: f64 = 180.0 / NativeMath.PI
// Three delayed values, the last product and the last input, for even and for odd candles.
const LANE_BYTES: i32 = 40

/**
 * Ehlers' Hilbert transform of a price: its in-phase and quadrature parts and the length of its dominant cycle
 * (Ehlers, Rocket Science for Traders, ch. 6 and 7, with the coefficients and limits of TA-Lib's HT functions).
 */
@unmanaged
export class HilbertTransform {
  /** Price smoothed by weights 4 3 2 1. */
  smoothed: f64
  inPhase: f64
  quadrature: f64
  /** Dominant cycle in candles, and the same smoothed once more. */
  period: f64
  smoothPeriod: f64
  price1: f64
  price2: f64
  price3: f64
  even2: f64
  even3: f64
  odd2: f64
  odd3: f64
  previousI: f64
  previousQ: f64
  real: f64
  imaginary: f64
  warmUp: i32
  seen: i32
  delayed: i32
  isOdd: i32

  static bytes(): i32 {
    return <i32>offsetof<HilbertTransform>() + 8 * LANE_BYTES
  }

  /**
   * `warmUp`: candles that only feed the smoothing; TA-Lib uses 12 (MAMA, phasor, period) or 37 (trend line, phase,
   * sine, mode).
   */
  start(warmUp: i32): void {
    this.warmUp = warmUp
  }

  /** Takes a price; true when the transform has run, false while it warms up or at a hole. */
  next(price: f64): bool {
    if (!known(price)) return false
    this.smoothed = (4 * price + 3 * this.price1 + 2 * this.price2 + this.price3) / 10
    this.price3 = this.price2
    this.price2 = this.price1
    this.price1 = price
    if (this.seen < this.warmUp) {
      this.seen++
      return false
    }
    this.transform()
    this.measurePeriod()
    return true
  }

  private transform(): void {
    const adjust = 0.075 * this.period + 0.54
    const inPhase = this.isOdd ? this.odd3 : this.even3
    const detrended = this.filter(0, this.smoothed, adjust)
    const quadrature = this.filter(1, detrended, adjust)
    const advancedI = this.filter(2, inPhase, adjust)
    const advancedQ = this.filter(3, quadrature, adjust)
    this.delay(detrended)
    this.inPhase = inPhase
    this.quadrature = quadrature
    const q = 0.2 * (quadrature + advancedI) + 0.8 * this.previousQ
    const i = 0.2 * (inPhase - advancedQ) + 0.8 * this.previousI
    this.real = 0.2 * (i * this.previousI + q * this.previousQ) + 0.8 * this.real
    this.imaginary = 0.2 * (i * this.previousQ - q * this.previousI) + 0.8 * this.imaginary
    this.previousQ = q
    this.previousI = i
  }

  private filter(stage: i32, input: f64, adjust: f64): f64 {
    const lane = changetype<usize>(this) + offsetof<HilbertTransform>() + <usize>((2 * stage + this.isOdd) * LANE_BYTES)
    const slot = lane + ((<usize>this.delayed) << 3)
    const weighted = A * input
    const product = B * load<f64>(lane, 32)
    const output = -load<f64>(slot) + weighted - load<f64>(lane, 24) + product
    store<f64>(slot, weighted)
    store<f64>(lane, product, 24)
    store<f64>(lane, input, 32)
    return output * adjust
  }

  // The in-phase part is the detrended price three candles ago; each parity keeps the other's.
  private delay(detrended: f64): void {
    if (this.isOdd) {
      this.even3 = this.even2
      this.even2 = detrended
    } else {
      this.odd3 = this.odd2
      this.odd2 = detrended
      this.delayed = this.delayed == 2 ? 0 : this.delayed + 1
    }
    this.isOdd ^= 1
  }

  private measurePeriod(): void {
    const before = this.period
    let period = before
    if (this.imaginary != 0 && this.real != 0) period = 360 / (NativeMath.atan(this.imaginary / this.real) * DEGREES)
    if (period > 1.5 * before) period = 1.5 * before
    if (period < 0.67 * before) period = 0.67 * before
    if (period < 6) period = 6
    else if (period > 50) period = 50
    this.period = 0.2 * period + 0.8 * before
    this.smoothPeriod = 0.33 * this.period + 0.67 * this.smoothPeriod
  }
}
