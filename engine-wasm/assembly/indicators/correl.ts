import { known } from "./known"
import { PairWindow } from "./pair-window"

/** Pearson's correlation of the last `length` pairs, -1 to 1; 0 where one of them does not move (TA-Lib CORREL). */
@unmanaged
export class Correl {
  static bytes(length: i32): i32 {
    return PairWindow.bytes(length)
  }

  @inline
  private get pairs(): PairWindow {
    return changetype<PairWindow>(changetype<usize>(this))
  }

  start(length: i32): void {
    this.pairs.start(length)
  }

  next(a: f64, b: f64): f64 {
    if (!known(a + b)) return NaN
    const pairs = this.pairs
    if (!pairs.next(a, b)) return NaN
    return pairs.xx > 0 && pairs.yy > 0 ? pairs.correlation : 0
  }
}
