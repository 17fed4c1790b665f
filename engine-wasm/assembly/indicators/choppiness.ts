import { known } from "./known"
import { PriceRange } from "./price-range"
import { Sum } from "./sum"
import { rangeAfter } from "./true-range"

/**
 * Choppiness index, 0 in a straight trend to 100 in a sideways market: log10 of the path over the range (Dreiss;
 * TradingView). NaN without a range.
 */
@unmanaged
export class Choppiness {
  previousClose: f64
  factor: f64
  sumAt: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Choppiness>() + PriceRange.bytes(length) + Sum.bytes(length)
  }

  @inline
  private get range(): PriceRange {
    return changetype<PriceRange>(changetype<usize>(this) + offsetof<Choppiness>())
  }

  @inline
  private get way(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Choppiness>() + <usize>this.sumAt)
  }

  start(length: i32): void {
    this.previousClose = NaN
    this.factor = 100 / NativeMath.log10(<f64>length)
    this.sumAt = PriceRange.bytes(length)
    this.range.start(length)
    this.way.start(length)
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const isFull = this.range.take(high, low)
    const range = this.range.top - this.range.bottom
    const way = this.way.next(rangeAfter(high, low, this.previousClose))
    this.previousClose = close
    return isFull && range > 0 ? this.factor * NativeMath.log10(way / range) : NaN
  }
}
