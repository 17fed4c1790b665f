import { Rsi } from "./rsi"
import { Stochf } from "./stochf"

/** Fast stochastic of the RSI instead of the price (Chande & Kroll, The New Technical Trader; TA-Lib STOCHRSI). */
@unmanaged
export class StochRsi {
  static bytes(kLength: i32, dLength: i32, kind: i32): i32 {
    return Rsi.bytes() + Stochf.bytes(kLength, dLength, kind)
  }

  @inline
  private get rsi(): Rsi {
    return changetype<Rsi>(changetype<usize>(this))
  }

  @inline
  private get stoch(): Stochf {
    return changetype<Stochf>(changetype<usize>(this) + <usize>Rsi.bytes())
  }

  /** The average of k. */
  @inline
  get d(): f64 {
    return this.stoch.d
  }

  start(length: i32, kLength: i32, dLength: i32, kind: i32): void {
    this.rsi.start(length)
    this.stoch.start(kLength, dLength, kind)
  }

  /** k; `d` stands beside it. */
  next(value: f64): f64 {
    const strength = this.rsi.next(value)
    return this.stoch.next(strength, strength, strength)
  }
}
