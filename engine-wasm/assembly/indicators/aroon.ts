import { HighestBars } from "./highest-bars"
import { known } from "./known"
import { LowestBars } from "./lowest-bars"

/**
 * Aroon, 0 to 100: how fresh the highest high (up) and lowest low (down) of the last length + 1 candles are (Chande;
 * TA-Lib AROON).
 */
@unmanaged
export class Aroon {
  up: f64
  down: f64
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Aroon>() + HighestBars.bytes(length + 1) + LowestBars.bytes(length + 1)
  }

  @inline
  private get highest(): HighestBars {
    return changetype<HighestBars>(changetype<usize>(this) + offsetof<Aroon>())
  }

  @inline
  private get lowest(): LowestBars {
    return changetype<LowestBars>(changetype<usize>(this) + offsetof<Aroon>() + <usize>HighestBars.bytes(this.length + 1))
  }

  start(length: i32): void {
    this.length = length
    this.highest.start(length + 1)
    this.lowest.start(length + 1)
  }

  /** The oscillator, up less down (TA-Lib AROONOSC); `up` and `down` stand beside it. */
  next(high: f64, low: f64): f64 {
    const length = <f64>this.length
    const isKnown = known(high + low)
    const highAge = isKnown ? this.highest.next(high) : NaN
    const lowAge = isKnown ? this.lowest.next(low) : NaN
    this.up = (100 / length) * (length - highAge)
    this.down = (100 / length) * (length - lowAge)
    return (100 / length) * (lowAge - highAge)
  }
}
