import { Ema } from "./ema"

/**
 * Double exponential moving average: 2 EMA - EMA of EMA (Mulloy, Technical Analysis of Stocks & Commodities 1/1994;
 * TA-Lib DEMA).
 */
@unmanaged
export class Dema {
  static bytes(): i32 {
    return 2 * Ema.bytes()
  }

  @inline
  private ema(n: i32): Ema {
    return changetype<Ema>(changetype<usize>(this) + <usize>(n * Ema.bytes()))
  }

  start(length: i32): void {
    for (let n = 0; n < 2; n++) this.ema(n).start(length)
  }

  next(value: f64): f64 {
    const once = this.ema(0).next(value)
    return 2 * once - this.ema(1).next(once)
  }
}
