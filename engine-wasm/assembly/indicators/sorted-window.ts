import { known } from "./known"
import { unitOf } from "./ticks"
import { Window } from "./window"

/**
 * The last `length` values in order of size. A new value costs two binary searches and a move of the values between.
 */
@unmanaged
export class SortedWindow {
  divisor: f64
  length: i32
  size: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<SortedWindow>() + (length << 3) + Window.bytes(length)
  }

  start(length: i32, scale: f64 = 0): void {
    this.length = length
    this.divisor = unitOf(scale)
    this.window.start(length)
  }

  @inline
  private slot(i: i32): usize {
    return changetype<usize>(this) + offsetof<SortedWindow>() + ((<usize>i) << 3)
  }

  @inline
  private get window(): Window {
    return changetype<Window>(this.slot(this.length))
  }

  /** Whether the window is full. */
  get isFull(): bool {
    return this.size == this.length
  }

  /** The i-th smallest value, from 0. */
  @inline
  value(i: i32): f64 {
    return load<f64>(this.slot(i))
  }

  /** How many values of the window are at or below this one. */
  countUpTo(value: f64): i32 {
    let from = 0
    let to = this.size
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.value(middle) <= value) from = middle + 1
      else to = middle
    }
    return from
  }

  push(value: f64): void {
    if (this.isFull) this.remove(load<f64>(this.window.oldest))
    this.window.push(value)
    const place = this.countUpTo(value)
    memory.copy(this.slot(place + 1), this.slot(place), (<usize>(this.size - place)) << 3)
    store<f64>(this.slot(place), value)
    this.size++
  }

  private remove(value: f64): void {
    const after = this.countUpTo(value)
    memory.copy(this.slot(after - 1), this.slot(after), (<usize>(this.size - after)) << 3)
    this.size--
  }
}

/**
 * The middle of the last `length` values by size; between the two middle ones when `length` is even (Pine ta.median).
 */
@unmanaged
export class Median extends SortedWindow {
  next(value: f64): f64 {
    if (!known(value)) return NaN
    this.push(value)
    if (!this.isFull) return NaN
    const middle = this.length >> 1
    return this.length & 1 ? this.value(middle) / this.divisor : (this.value(middle - 1) + this.value(middle)) / (2 * this.divisor)
  }
}

/** Percent of the `length` values before this one that are at or below it (Pine ta.percentrank). */
@unmanaged
export class PercentRank extends SortedWindow {
  next(value: f64): f64 {
    if (!known(value)) return NaN
    const rank = this.isFull ? (100 * <f64>this.countUpTo(value)) / <f64>this.length : NaN
    this.push(value)
    return rank
  }
}
