import { known } from "./known"

const DAY_MS: f64 = 86_400_000

/**
 * Volume-weighted average price since midnight UTC, of (high + low + close) / 3; NaN until something was traded (Pine
 * ta.vwap).
 */
@unmanaged
export class Vwap {
  day: f64
  paid: f64
  volume: f64

  static bytes(): i32 {
    return <i32>offsetof<Vwap>()
  }

  start(): void {
    this.day = NaN
  }

  next(high: f64, low: f64, close: f64, volume: f64, timeMs: f64): f64 {
    const paid = ((high + low + close) / 3) * volume
    if (!known(paid)) return NaN
    const day = floor(timeMs / DAY_MS)
    if (day != this.day) this.openDay(day)
    this.paid += paid
    this.volume += volume
    return this.paid / this.volume
  }

  private openDay(day: f64): void {
    this.day = day
    this.paid = 0
    this.volume = 0
  }
}
