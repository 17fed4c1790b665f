import { Ma, MaKind } from "./ma"
import { percentOf } from "./percent"
import { unitOf } from "./ticks"

/** A fast and a slow average of one kind. */
@unmanaged
export class AveragePair {
  fast: f64
  slow: f64
  divisor: f64
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
  begin(fast: i32, slow: i32, kind: i32, scale: f64): void {
    this.divisor = unitOf(scale)
    this.fastBytes = Ma.bytes(min(fast, slow), kind)
    this.average(0).start(min(fast, slow), kind, i32(scale > 0))
    this.average(this.fastBytes).start(max(fast, slow), kind, i32(scale > 0))
  }

  /** Takes a value; the fast average less the slow one. */
  take(value: f64): f64 {
    this.fast = this.average(0).next(value)
    this.slow = this.average(this.fastBytes).next(value)
    return this.fast - this.slow
  }
}

/** Absolute price oscillator: fast average less slow average (TA-Lib APO). */
@unmanaged
export class Apo extends AveragePair {
  start(fast: i32, slow: i32, kind: i32, scale: f64 = 0): void {
    this.begin(fast, slow, kind, scale)
  }

  next(value: f64): f64 {
    return this.take(value) / this.divisor
  }
}

/** Percentage price oscillator: fast average less slow average, in percent of the slow one (TA-Lib PPO). */
@unmanaged
export class Ppo extends AveragePair {
  start(fast: i32, slow: i32, kind: i32, scale: f64 = 0): void {
    this.begin(fast, slow, kind, scale)
  }

  next(value: f64): f64 {
    return percentOf(this.take(value), this.slow)
  }
}

/**
 * Awesome oscillator: fast SMA less slow SMA of the middle of each candle (Williams, Trading Chaos; Pine ta.sma(hl2,
 * 5) - ta.sma(hl2, 34)).
 */
@unmanaged
export class Ao extends AveragePair {
  static bytes(fast: i32, slow: i32): i32 {
    return AveragePair.bytes(fast, slow, MaKind.sma)
  }

  start(fast: i32, slow: i32, scale: f64 = 0): void {
    this.begin(fast, slow, MaKind.sma, scale)
  }

  next(high: f64, low: f64): f64 {
    return this.take(high + low) / (2 * this.divisor)
  }
}
