import { Highest } from "./highest"
import { known } from "./known"
import { Lowest } from "./lowest"
import { Sum } from "./sum"
import { trueRange } from "./true-range"

/**
 * Choppiness index, 0 in a straight trend to 100 in a sideways market: log10 of the way gone over the range covered
 * (Dreiss; TradingView). NaN without a range.
 */
@unmanaged
export class Choppiness {
  previousClose: f64
  factor: f64
  lowestAt: i32
  sumAt: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Choppiness>() + Highest.bytes(length) + Lowest.bytes(length) + Sum.bytes(length)
  }

  @inline
  private inner(offset: i32): usize {
    return changetype<usize>(this) + offsetof<Choppiness>() + <usize>offset
  }

  start(length: i32): void {
    this.previousClose = NaN
    this.factor = 100 / NativeMath.log10(<f64>length)
    this.lowestAt = Highest.bytes(length)
    this.sumAt = this.lowestAt + Lowest.bytes(length)
    changetype<Highest>(this.inner(0)).start(length)
    changetype<Lowest>(this.inner(this.lowestAt)).start(length)
    changetype<Sum>(this.inner(this.sumAt)).start(length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const top = changetype<Highest>(this.inner(0)).next(high)
    const bottom = changetype<Lowest>(this.inner(this.lowestAt)).next(low)
    const way = changetype<Sum>(this.inner(this.sumAt)).next(trueRange(high, low, this.previousClose))
    this.previousClose = close
    return top > bottom ? this.factor * NativeMath.log10(way / (top - bottom)) : NaN
  }
}
