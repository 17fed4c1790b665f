import { known } from "./known"
import { SortedWindow } from "./sorted-window"

/** Percent of the `length` values before this one that are at or below it (Pine ta.percentrank). */
@unmanaged
export class PercentRank {
  static bytes(length: i32): i32 {
    return SortedWindow.bytes(length)
  }

  @inline
  private get before(): SortedWindow {
    return changetype<SortedWindow>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.before.start(length)
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const before = this.before
    const rank = before.isFull ? (100 * <f64>before.countUpTo(value)) / <f64>before.length : NaN
    before.push(value)
    return rank
  }
}
