import { Ema } from "./ema"
import { known } from "./known"

/**
 * Wilder's averages of the rises and of the falls from candle to candle (Wilder, New Concepts in Technical Trading
 * Systems).
 */
@unmanaged
export class GainLoss {
  previous: f64

  static bytes(): i32 {
    return <i32>offsetof<GainLoss>() + 2 * Ema.bytes()
  }

  @inline
  get gain(): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<GainLoss>())
  }

  @inline
  get loss(): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<GainLoss>() + <usize>Ema.bytes())
  }

  @inline
  get isReady(): bool {
    return this.gain.seen == this.gain.length
  }

  start(length: i32): void {
    this.previous = NaN
    this.gain.start(length, 1.0 / <f64>length)
    this.loss.start(length, 1.0 / <f64>length)
  }

  /** Takes a value; false until there are `length` changes, and at a hole. */
  next(value: f64): bool {
    if (!known(value)) return false
    const change = value - this.previous
    this.previous = value
    if (change != change) return false
    this.gain.next(rise(change))
    this.loss.next(rise(-change))
    return this.isReady
  }
}

/** The change where it is positive, otherwise 0; without a branch, for nothing foretells it. */
export function rise(change: f64): f64 {
  return f64x2.extract_lane(f64x2.pmax(f64x2.splat(0), f64x2.splat(change)), 0)
}
