import { Ma } from "./ma"

/** A fast and a slow average of one kind: what APO, PPO and the awesome oscillator compare. */
@unmanaged
export class AveragePair {
  fast: f64
  slow: f64
  fastBytes: i32
  spare: i32

  static bytes(fast: i32, slow: i32, kind: i32): i32 {
    return <i32>offsetof<AveragePair>() + Ma.bytes(fast, kind) + Ma.bytes(slow, kind)
  }

  @inline
  private average(offset: i32): Ma {
    return changetype<Ma>(changetype<usize>(this) + offsetof<AveragePair>() + <usize>offset)
  }

  /** Lengths in the wrong order are swapped, as TA-Lib does. */
  start(fast: i32, slow: i32, kind: i32): void {
    this.fastBytes = Ma.bytes(min(fast, slow), kind)
    this.average(0).start(min(fast, slow), kind)
    this.average(this.fastBytes).start(max(fast, slow), kind)
  }

  next(value: f64): void {
    this.fast = this.average(0).next(value)
    this.slow = this.average(this.fastBytes).next(value)
  }
}
