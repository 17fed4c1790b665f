import { Ema } from "./ema"
import { Roc } from "./roc"

/** One-candle rate of change, in percent, of an EMA of an EMA of an EMA (Hutson; TA-Lib TRIX). */
@unmanaged
export class Trix {
  static bytes(): i32 {
    return 3 * Ema.bytes() + Roc.bytes(1)
  }

  @inline
  private ema(n: i32): Ema {
    return changetype<Ema>(changetype<usize>(this) + <usize>(n * Ema.bytes()))
  }

  @inline
  private get roc(): Roc {
    return changetype<Roc>(changetype<usize>(this) + <usize>(3 * Ema.bytes()))
  }

  start(length: i32): void {
    for (let n = 0; n < 3; n++) this.ema(n).start(length)
    this.roc.start(1)
  }

  next(value: f64): f64 {
    return this.roc.next(this.ema(2).next(this.ema(1).next(this.ema(0).next(value))))
  }
}
