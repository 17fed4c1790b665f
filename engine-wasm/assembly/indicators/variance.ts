import { get, set } from "../operators/column"
import { known } from "./known"
import { squareSpread } from "./spread"
import { Window } from "./window"

// Added to a number below 2^51 it leaves the nearest whole number in the low bits.
const ROUNDER: f64 = 6755399441055744
// length x ticks below this: the variance, in ticks and times length squared, fits into 63 bits.
const WIDEST: f64 = 3037000499

/**
 * Variance of the last `length` values as a population (TA-Lib VAR), exact to the definition at any price. On a price
 * grid
 * (`scale` > 0) sums of whole ticks and of their squares slide along; otherwise the window is gone through for every
 * candle.
 */
@unmanaged
export class Variance {
  // Modulo 2^64: what overflows in the sums cancels in length x squares - sum x sum.
  sum: i64
  squares: i64
  // Values in the window too large for that.
  large: i64
  scale: f64
  divisor: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Variance>() + Window.bytes(length)
  }

  @inline
  private get window(): Window {
    return changetype<Window>(changetype<usize>(this) + offsetof<Variance>())
  }

  start(length: i32, scale: f64 = 0): void {
    this.window.start(length)
    this.scale = scale
    this.divisor = <f64>length * <f64>length * scale * scale
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const window = this.window
    if (this.scale > 0) this.slide(value)
    window.push(value)
    if (!window.isFull) return NaN
    if (this.scale == 0 || this.large > 0) return squareSpread(window.oldest, window.length)
    return <f64>(<i64>window.length * this.squares - this.sum * this.sum) / this.divisor
  }

  /** `next` over a block; on a grid with the state in locals. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    for (; i < count && !this.window.isFull; i++) set(destination, i, this.next(get(source, i)))
    if (this.scale > 0 && this.large == 0) i = this.runNarrow(i, count, destination, source)
    for (; i < count; i++) set(destination, i, this.next(get(source, i)))
  }

  // On a full window of values that are not large, until the first large one; answers the candle it stopped at.
  private runNarrow(from: i32, count: i32, destination: usize, source: usize): i32 {
    const window = this.window
    const length = <i64>window.length
    const divisor = this.divisor
    let sum = this.sum
    let squares = this.squares
    let i = from
    for (; i < count; i++) {
      const value = get(source, i)
      if (!known(value)) {
        set(destination, i, NaN)
        continue
      }
      if (this.isLarge(value)) break
      const entering = this.ticks(value)
      const leaving = this.ticks(load<f64>(window.oldest))
      window.push(value)
      sum += entering - leaving
      squares += entering * entering - leaving * leaving
      set(destination, i, <f64>(length * squares - sum * sum) / divisor)
    }
    this.sum = sum
    this.squares = squares
    return i
  }

  private slide(value: f64): void {
    const isFull = this.window.isFull
    const left = isFull ? load<f64>(this.window.oldest) : 0
    const entering = this.ticks(value)
    const leaving = this.ticks(left)
    this.sum += entering - leaving
    this.squares += entering * entering - leaving * leaving
    this.large += this.isLarge(value) - this.isLarge(left)
  }

  @inline
  private ticks(value: f64): i64 {
    return reinterpret<i64>(value * this.scale + ROUNDER) - reinterpret<i64>(ROUNDER)
  }

  @inline
  private isLarge(value: f64): i64 {
    return <i64>(abs(value) * this.scale * <f64>this.window.length >= WIDEST)
  }
}
