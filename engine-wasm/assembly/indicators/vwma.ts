import { ExactSum } from "./exact-sum"
import { known } from "./known"
import { unitOf } from "./ticks"

const ENTRY_BYTES: usize = 16

/**
 * Volume-weighted moving average: sum of value x volume over sum of volume, at one price exactly that price; NaN while
 * nothing was traded (Pine ta.vwma).
 */
@unmanaged
export class Vwma {
  paidHigh: f64
  paidLow: f64
  volumeHigh: f64
  volumeLow: f64
  divisor: f64
  length: i32
  at: i32
  full: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Vwma>() + length * <i32>ENTRY_BYTES
  }

  @inline
  private get paid(): ExactSum {
    return changetype<ExactSum>(changetype<usize>(this))
  }

  @inline
  private get volume(): ExactSum {
    return changetype<ExactSum>(changetype<usize>(this) + offsetof<Vwma>("volumeHigh"))
  }

  start(length: i32, scale: f64 = 0): void {
    assert(length > 0, "a window has at least one candle")
    this.length = length
    this.divisor = unitOf(scale)
  }

  // Each entry is a value and its volume.
  @inline
  private entry(i: i32): usize {
    return changetype<usize>(this) + offsetof<Vwma>() + <usize>i * ENTRY_BYTES
  }

  next(volume: f64, value: f64): f64 {
    if (!known(value * volume)) return NaN
    const entry = this.entry(this.at)
    this.weigh(-load<f64>(entry, 8), load<f64>(entry))
    store<f64>(entry, value)
    store<f64>(entry, volume, 8)
    this.weigh(volume, value)
    if (++this.at == this.length) this.turn()
    return this.full ? this.paid.over(this.volume, this.divisor) : NaN
  }

  @inline
  private weigh(volume: f64, value: f64): void {
    this.paid.addProduct(value, volume)
    this.volume.add(volume)
  }

  // Once per length the sums are recomputed, which clears whatever two doubles could not hold.
  private turn(): void {
    this.at = 0
    this.full = 1
    this.paid.clear()
    this.volume.clear()
    for (let i = 0; i < this.length; i++) this.weigh(load<f64>(this.entry(i), 8), load<f64>(this.entry(i)))
  }
}
