import { known } from "./known"
import { Ma } from "./ma"
import { RawStochastic } from "./raw-stochastic"

/**
 * Fast stochastic: k is where the close stands in the range, d its average (Lane; TA-Lib STOCHF). Both are known from
 * d's first candle on.
 */
@unmanaged
export class Stochf {
  d: f64
  averageAt: i32
  spare: i32

  static bytes(kLength: i32, dLength: i32, kind: i32): i32 {
    return <i32>offsetof<Stochf>() + RawStochastic.bytes(kLength) + Ma.bytes(dLength, kind)
  }

  @inline
  private get raw(): RawStochastic {
    return changetype<RawStochastic>(changetype<usize>(this) + offsetof<Stochf>())
  }

  @inline
  private get average(): Ma {
    return changetype<Ma>(changetype<usize>(this) + offsetof<Stochf>() + <usize>this.averageAt)
  }

  start(kLength: i32, dLength: i32, kind: i32): void {
    this.averageAt = RawStochastic.bytes(kLength)
    this.raw.start(kLength)
    this.average.start(dLength, kind)
  }

  /** k; `d` stands beside it. */
  next(high: f64, low: f64, close: f64): f64 {
    const k = this.raw.next(high, low, close)
    this.d = this.average.next(k)
    return known(this.d) ? k : NaN
  }
}
