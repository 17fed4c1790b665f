import { known } from "./known"
import { SortedWindow } from "./sorted-window"

/**
 * The middle of the last `length` values by size; between the two middle ones when `length` is even (Pine ta.median).
 */
@unmanaged
export class Median {
  scale: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Median>() + SortedWindow.bytes(length)
  }

  @inline
  private get sorted(): SortedWindow {
    return changetype<SortedWindow>(changetype<usize>(this) + offsetof<Median>())
  }

  start(length: i32, scale: f64 = 0): void {
    this.scale = scale
    this.sorted.start(length)
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const sorted = this.sorted
    sorted.push(value)
    if (!sorted.isFull) return NaN
    const middle = sorted.length >> 1
    return sorted.length & 1 ? sorted.value(middle) : halfway(sorted.value(middle - 1), sorted.value(middle), this.scale)
  }
}

/** Halfway between two values; on a price grid (`scale` > 0) the correctly rounded quotient of whole ticks. */
export function halfway(a: f64, b: f64, scale: f64): f64 {
  return scale > 0 ? (nearest(a * scale) + nearest(b * scale)) / (2 * scale) : (a + b) / 2
}
