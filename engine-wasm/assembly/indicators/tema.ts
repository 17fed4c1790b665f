import { Ema } from "./ema"

/** Triple exponential moving average: 3 EMA - 3 EMA of EMA + EMA of that (Mulloy 1994; TA-Lib TEMA). */
@unmanaged
export class Tema {
  static bytes(): i32 {
    return 3 * Ema.bytes()
  }

  @inline
  private ema(n: i32): Ema {
    return changetype<Ema>(changetype<usize>(this) + <usize>(n * Ema.bytes()))
  }

  start(length: i32): void {
    for (let n = 0; n < 3; n++) this.ema(n).start(length)
  }

  next(value: f64): f64 {
    const once = this.ema(0).next(value)
    const twice = this.ema(1).next(once)
    return 3 * once - 3 * twice + this.ema(2).next(twice)
  }
}
