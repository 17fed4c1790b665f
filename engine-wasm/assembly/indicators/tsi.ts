import { Ema } from "./ema"
import { known } from "./known"
import { percentOf } from "./percent"

/**
 * True strength index, -100 to 100: the change, smoothed twice, over its size smoothed twice (Blau, Momentum,
 * Direction and Divergence; Pine ta.tsi x 100).
 */
@unmanaged
export class Tsi {
  previous: f64

  static bytes(): i32 {
    return <i32>offsetof<Tsi>() + 4 * Ema.bytes()
  }

  @inline
  private ema(n: i32): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<Tsi>() + <usize>(n * Ema.bytes()))
  }

  start(long: i32, short: i32): void {
    this.previous = NaN
    this.ema(0).start(long)
    this.ema(1).start(short)
    this.ema(2).start(long)
    this.ema(3).start(short)
  }

  next(value: f64): f64 {
    if (!known(value)) return NaN
    const change = value - this.previous
    this.previous = value
    const net = this.ema(1).next(this.ema(0).next(change))
    const size = this.ema(3).next(this.ema(2).next(abs(change)))
    return percentOf(net, size)
  }
}
