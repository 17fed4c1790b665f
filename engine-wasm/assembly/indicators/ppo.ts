import { AveragePair } from "./average-pair"

/** Percentage price oscillator: fast average less slow average, in percent of the slow one (TA-Lib PPO). */
@unmanaged
export class Ppo {
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
    const slow = this.averages.slow
    return slow == 0 ? 0 : ((this.averages.fast - slow) / slow) * 100
  }
}
