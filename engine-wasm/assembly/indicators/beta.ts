import { known } from "./known"
import { PairWindow } from "./pair-window"

/**
 * How much b's relative change moves per a's: their covariance over a's variance, over the last `length` changes
 * (TA-Lib BETA).
 */
@unmanaged
export class Beta {
  previousA: f64
  previousB: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Beta>() + PairWindow.bytes(length)
  }

  @inline
  private get changes(): PairWindow {
    return changetype<PairWindow>(changetype<usize>(this) + offsetof<Beta>())
  }

  start(length: i32): void {
    this.previousA = NaN
    this.previousB = NaN
    this.changes.start(length)
  }

  next(a: f64, b: f64): f64 {
    if (!known(a + b)) return NaN
    const changeA = relativeChange(this.previousA, a)
    const changeB = relativeChange(this.previousB, b)
    this.previousA = a
    this.previousB = b
    return known(changeA) && this.changes.next(changeA, changeB) ? this.slope() : NaN
  }

  private slope(): f64 {
    const changes = this.changes
    return changes.xx == 0 ? 0 : changes.xy / changes.xx
  }
}

function relativeChange(before: f64, now: f64): f64 {
  return before == 0 ? 0 : (now - before) / before
}
