import { Adx } from "./adx"
import { Lag } from "./lag"

/**
 * ADX rating: halfway between the ADX now and `length` - 1 candles ago (Wilder, New Concepts in Technical Trading
 * Systems; TA-Lib ADXR).
 */
@unmanaged
export class Adxr {
  static bytes(length: i32): i32 {
    return Adx.bytes() + Lag.bytes(length - 1)
  }

  @inline
  private get adx(): Adx {
    return changetype<Adx>(changetype<usize>(this))
  }

  @inline
  private get before(): Lag {
    return changetype<Lag>(changetype<usize>(this) + <usize>Adx.bytes())
  }

  start(length: i32): void {
    assert(length > 1, "the rating looks back at least one candle")
    this.adx.start(length)
    this.before.start(length - 1)
  }

  next(high: f64, low: f64, close: f64): f64 {
    const adx = this.adx.next(high, low, close)
    return (adx + this.before.next(adx)) / 2
  }
}
