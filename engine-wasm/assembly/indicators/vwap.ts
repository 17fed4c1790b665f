import { ExactSum } from "./exact-sum"
import { known } from "./known"
import { unitOf } from "./ticks"
import { DAY_MS } from "../time-length"


/**
 * Volume-weighted average price since midnight UTC, of (high + low + close) / 3, at one price exactly that price; NaN
 * until something was traded (Pine ta.vwap).
 */
@unmanaged
export class Vwap {
  paidHigh: f64
  paidLow: f64
  volumeHigh: f64
  volumeLow: f64
  day: f64
  divisor: f64

  static bytes(): i32 {
    return <i32>offsetof<Vwap>()
  }

  @inline
  private get paid(): ExactSum {
    return changetype<ExactSum>(changetype<usize>(this))
  }

  @inline
  private get volume(): ExactSum {
    return changetype<ExactSum>(changetype<usize>(this) + offsetof<Vwap>("volumeHigh"))
  }

  start(scale: f64 = 0): void {
    this.day = NaN
    this.divisor = 3 * unitOf(scale)
  }

  next(high: f64, low: f64, close: f64, volume: f64, timeMs: f64): f64 {
    const price = high + low + close
    if (!known(price * volume)) return NaN
    const day = floor(timeMs / DAY_MS)
    if (day != this.day) this.openDay(day)
    this.paid.addProduct(price, volume)
    this.volume.add(volume)
    return this.paid.over(this.volume, this.divisor)
  }

  private openDay(day: f64): void {
    this.day = day
    this.paid.clear()
    this.volume.clear()
  }
}
