import { known } from "./known"
import { unitOf } from "./ticks"

/**
 * Parabolic stop and reverse: a stop that follows the trend ever closer, and turns when touched (Wilder, New Concepts
 * in Technical Trading Systems; TA-Lib SAR, which begins short when the second candle moves further down than up).
 * Everything is kept as if long: for a short the prices are mirrored (negated) first.
 */
@unmanaged
export class Sar {
  stop: f64
  extreme: f64
  acceleration: f64
  step: f64
  most: f64
  /** 1 while long, -1 while short, 0 before the second candle. */
  way: f64
  previousHigh: f64
  previousLow: f64
  divisor: f64

  static bytes(): i32 {
    return <i32>offsetof<Sar>()
  }

  /** `step`: acceleration per new extreme, up to `most`. */
  start(step: f64 = 0.02, most: f64 = 0.2, scale: f64 = 0): void {
    this.step = min(step, most)
    this.most = most
    this.acceleration = this.step
    this.previousHigh = NaN
    this.divisor = unitOf(scale)
  }

  next(high: f64, low: f64): f64 {
    if (!known(high + low)) return NaN
    if (this.way == 0 && known(this.previousHigh)) this.begin(high, low)
    const stop = this.way == 0 ? NaN : this.follow(high, low)
    this.previousHigh = high
    this.previousLow = low
    return stop / this.divisor
  }

  private begin(high: f64, low: f64): void {
    const fall = this.previousLow - low
    const isShort = fall > 0 && high - this.previousHigh < fall
    this.way = isShort ? -1 : 1
    this.stop = isShort ? -this.previousHigh : this.previousLow
    this.extreme = isShort ? -low : high
    // The first step is held back by this candle alone.
    this.previousHigh = high
    this.previousLow = low
  }

  private follow(high: f64, low: f64): f64 {
    const bottom = this.way > 0 ? low : -high
    const top = this.way > 0 ? high : -low
    if (bottom <= this.stop) return this.turn(-bottom, -top)
    const stop = this.way * this.stop
    if (top > this.extreme) {
      this.extreme = top
      this.acceleration = min(this.acceleration + this.step, this.most)
    }
    this.advance(bottom)
    return stop
  }

  // The direction changes, so top and bottom come mirrored. The new stop is the old trend's extreme.
  private turn(top: f64, bottom: f64): f64 {
    this.way = -this.way
    this.stop = -this.extreme
    this.holdBack(bottom)
    const stop = this.way * this.stop
    this.extreme = top
    this.acceleration = this.step
    this.advance(bottom)
    return stop
  }

  private advance(bottom: f64): void {
    this.stop += this.acceleration * (this.extreme - this.stop)
    this.holdBack(bottom)
  }

  // The stop is never inside this candle or the one before.
  private holdBack(bottom: f64): void {
    const previousBottom = this.way > 0 ? this.previousLow : -this.previousHigh
    this.stop = min(this.stop, min(bottom, previousBottom))
  }
}
