import { get, set } from "../operators/column"
import { Ema } from "./ema"
import { known } from "./known"
import { trueRange } from "./true-range"

/**
 * Average true range: Wilder's average of the true range (Wilder, New Concepts in Technical Trading Systems; TA-Lib
 * ATR).
 */
@unmanaged
export class Atr {
  previousClose: f64

  static bytes(): i32 {
    return <i32>offsetof<Atr>() + Ema.bytes()
  }

  @inline
  private get average(): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<Atr>())
  }

  start(length: i32): void {
    this.previousClose = NaN
    this.average.start(length, 1.0 / <f64>length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const range = trueRange(high, low, this.previousClose)
    this.previousClose = close
    return this.average.next(range)
  }

  /** `next` over a block, with the state in locals once there is an answer. */
  run(count: i32, destination: usize, high: usize, low: usize, close: usize): void {
    const average = this.average
    let i = 0
    for (; i < count && average.seen < average.length; i++) set(destination, i, this.next(get(high, i), get(low, i), get(close, i)))
    const weight = average.weight
    let value = average.value
    let previousClose = this.previousClose
    for (; i < count; i++) {
      const top = get(high, i)
      const bottom = get(low, i)
      const last = get(close, i)
      const isKnown = known(top + bottom + last)
      if (isKnown) {
        value += weight * (trueRange(top, bottom, previousClose) - value)
        previousClose = last
      }
      set(destination, i, isKnown ? value : NaN)
    }
    average.value = value
    this.previousClose = previousClose
  }
}
