import { Highest } from "./highest"
import { known } from "./known"
import { Lowest } from "./lowest"

/**
 * Donchian channel: highest high and lowest low of the last `length` candles, this one included, and their middle
 * (Donchian; Pine ta.highest, ta.lowest).
 */
@unmanaged
export class Donchian {
  upper: f64
  lower: f64
  scale: f64
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Donchian>() + Highest.bytes(length) + Lowest.bytes(length)
  }

  @inline
  private get highest(): Highest {
    return changetype<Highest>(changetype<usize>(this) + offsetof<Donchian>())
  }

  @inline
  private get lowest(): Lowest {
    return changetype<Lowest>(changetype<usize>(this) + offsetof<Donchian>() + <usize>Highest.bytes(this.length))
  }

  start(length: i32, scale: f64 = 0): void {
    this.length = length
    this.scale = scale
    this.highest.start(length)
    this.lowest.start(length)
  }

  /** The middle; `upper` and `lower` stand beside it. */
  next(high: f64, low: f64): f64 {
    if (!known(high + low)) return NaN
    this.upper = this.highest.next(high)
    this.lower = this.lowest.next(low)
    const scale = this.scale
    if (scale > 0) return (nearest(this.upper * scale) + nearest(this.lower * scale)) / (2 * scale)
    return (this.upper + this.lower) / 2
  }
}
