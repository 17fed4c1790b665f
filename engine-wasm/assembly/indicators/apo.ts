import { AveragePair } from "./average-pair"

/** Absolute price oscillator: fast average less slow average (TA-Lib APO). */
@unmanaged
export class Apo {
  static bytes(fast: i32, slow: i32, kind: i32): i32 {
    return AveragePair.bytes(fast, slow, kind)
  }

  @inline
  private get averages(): AveragePair {
    return changetype<AveragePair>(changetype<usize>(this))
  }

  start(fast: i32, slow: i32, kind: i32): void {
    this.averages.start(fast, slow, kind)
  }

  next(value: f64): f64 {
    this.averages.next(value)
    return this.averages.fast - this.averages.slow
  }
}
