import { known } from "./known"
import { Ma } from "./ma"
import { RawStochastic } from "./raw-stochastic"

/** Slow stochastic: k is the smoothed position of the close in the range, d the average of k (Lane; TA-Lib STOCH). Both are known from d's first candle on. */
@unmanaged
export class Stoch {
  d: f64
  kAt: i32
  dAt: i32

  static bytes(kLength: i32, kSmooth: i32, dLength: i32, kind: i32): i32 {
    return <i32>offsetof<Stoch>() + RawStochastic.bytes(kLength) + Ma.bytes(kSmooth, kind) + Ma.bytes(dLength, kind)
  }

  @inline
  private get raw(): RawStochastic {
    return changetype<RawStochastic>(changetype<usize>(this) + offsetof<Stoch>())
  }

  @inline
  private average(at: i32): Ma {
    return changetype<Ma>(changetype<usize>(this) + offsetof<Stoch>() + <usize>at)
  }

  start(kLength: i32, kSmooth: i32, dLength: i32, kind: i32): void {
    this.kAt = RawStochastic.bytes(kLength)
    this.dAt = this.kAt + Ma.bytes(kSmooth, kind)
    this.raw.start(kLength)
    this.average(this.kAt).start(kSmooth, kind)
    this.average(this.dAt).start(dLength, kind)
  }

  /** k; `d` stands beside it. */
  next(high: f64, low: f64, close: f64): f64 {
    const k = this.average(this.kAt).next(this.raw.next(high, low, close))
    this.d = this.average(this.dAt).next(k)
    return known(this.d) ? k : NaN
  }
}
