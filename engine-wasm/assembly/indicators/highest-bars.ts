import { known } from "./known"

const ENTRY_BYTES: usize = 16

/**
 * How many candles ago the highest of the last `length` values was; the latest of equals (TA-Lib MAXINDEX, Pine
 * ta.highestbars
 * without its sign). Keeps only values that no later one reaches, so the first kept is the highest.
 */
@unmanaged
export class HighestBars {
  seen: i64
  length: i32
  first: i32
  kept: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<HighestBars>() + length * <i32>ENTRY_BYTES
  }

  start(length: i32): void {
    assert(length > 0, "a window has at least one candle")
    this.length = length
  }

  // Each entry is a value and the number of its candle.
  @inline
  private entry(i: i32): usize {
    const place = this.first + i
    const wrapped = place >= this.length ? place - this.length : place
    return changetype<usize>(this) + offsetof<HighestBars>() + <usize>wrapped * ENTRY_BYTES
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const candle = this.seen++
    this.forget(candle - this.length)
    while (this.kept > 0 && load<f64>(this.entry(this.kept - 1)) <= value) this.kept--
    const entry = this.entry(this.kept++)
    store<f64>(entry, value)
    store<i64>(entry, candle, 8)
    return this.seen < this.length ? NaN : <f64>(candle - load<i64>(this.entry(0), 8))
  }

  private forget(candle: i64): void {
    if (this.kept == 0 || load<i64>(this.entry(0), 8) > candle) return
    this.first = this.first + 1 == this.length ? 0 : this.first + 1
    this.kept--
  }
}
