import { Ema } from "./ema"

/**
 * T3: six EMAs in a row, mixed by the volume factor (Tillson, Technical Analysis of Stocks & Commodities 1/1998;
 * TA-Lib T3).
 */
@unmanaged
export class T3 {
  third: f64
  fourth: f64
  fifth: f64
  sixth: f64

  static bytes(): i32 {
    return <i32>offsetof<T3>() + 6 * Ema.bytes()
  }

  @inline
  private ema(n: i32): Ema {
    return changetype<Ema>(changetype<usize>(this) + offsetof<T3>() + <usize>(n * Ema.bytes()))
  }

  start(length: i32, volumeFactor: f64 = 0.7): void {
    const v = volumeFactor
    this.third = 1 + v * (3 + v * (3 + v))
    this.fourth = -3 * v * (1 + v * (2 + v))
    this.sixth = -v * v * v
    this.fifth = v * v * (3 + 3 * v)
    for (let n = 0; n < 6; n++) this.ema(n).start(length)
  }

  next(value: f64): f64 {
    const third = this.ema(2).next(this.ema(1).next(this.ema(0).next(value)))
    const fourth = this.ema(3).next(third)
    const fifth = this.ema(4).next(fourth)
    return this.sixth * this.ema(5).next(fifth) + this.fifth * fifth + this.fourth * fourth + this.third * third
  }
}
