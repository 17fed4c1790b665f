import { known } from "./known"
import { Sum } from "./sum"
import { rangeAfter } from "./true-range"

/**
 * Ultimate oscillator, 0 to 100: buying pressure over true range in three windows, the shortest weighing 4, the
 * longest 1 (Williams; TA-Lib ULTOSC).
 */
@unmanaged
export class Ultosc {
  previousClose: f64
  short: i32
  middle: i32
  long: i32
  spare: i32

  static bytes(a: i32, b: i32, c: i32): i32 {
    return <i32>offsetof<Ultosc>() + 2 * (Sum.bytes(a) + Sum.bytes(b) + Sum.bytes(c))
  }

  @inline
  private sum(offset: i32): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Ultosc>() + <usize>offset)
  }

  /** The three lengths in any order. */
  start(a: i32, b: i32, c: i32): void {
    this.previousClose = NaN
    this.short = min(a, min(b, c))
    this.long = max(a, max(b, c))
    this.middle = a + b + c - this.short - this.long
    this.startPair(0, this.short)
    this.startPair(2 * Sum.bytes(this.short), this.middle)
    this.startPair(2 * (Sum.bytes(this.short) + Sum.bytes(this.middle)), this.long)
  }

  private startPair(offset: i32, length: i32): void {
    this.sum(offset).start(length)
    this.sum(offset + Sum.bytes(length)).start(length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const pressure = close - min(low, this.previousClose)
    const range = rangeAfter(high, low, this.previousClose)
    this.previousClose = close
    if (range != range) return NaN
    const short = this.share(0, this.short, pressure, range)
    const middle = this.share(2 * Sum.bytes(this.short), this.middle, pressure, range)
    const long = this.share(2 * (Sum.bytes(this.short) + Sum.bytes(this.middle)), this.long, pressure, range)
    return (100 * (4 * short + 2 * middle + long)) / 7
  }

  private share(offset: i32, length: i32, pressure: f64, range: f64): f64 {
    const pressures = this.sum(offset).next(pressure)
    const ranges = this.sum(offset + Sum.bytes(length)).next(range)
    return ranges == 0 ? 0 : pressures / ranges
  }
}
