import { COLUMN_BYTES, get, set } from "../column"
import { known } from "./known"
import { Ma, MaKind } from "./ma"
import { Spread } from "./variance"

/**
 * Bollinger bands: an average, and a number of standard deviations above and below it (Bollinger, Bollinger on
 * Bollinger Bands; TA-Lib BBANDS). Around a plain average of whole ticks a band is one division, so that a price on
 * it is equal.
 */
@unmanaged
export class Bbands {
  upper: f64
  lower: f64
  /** Distance of the bands as a fraction of the middle (Bollinger's BandWidth). */
  width: f64
  deviationsUp: f64
  deviationsDown: f64
  averageAt: i32
  isPlain: i32

  static bytes(length: i32, kind: i32): i32 {
    return <i32>offsetof<Bbands>() + Spread.bytes(length) + (kind == MaKind.sma ? 0 : Ma.bytes(length, kind))
  }

  @inline
  private get spread(): Spread {
    return changetype<Spread>(changetype<usize>(this) + offsetof<Bbands>())
  }

  // Of any kind but the plain one, whose sum the spread keeps already.
  @inline
  private get average(): Ma {
    return changetype<Ma>(changetype<usize>(this) + offsetof<Bbands>() + <usize>this.averageAt)
  }

  start(length: i32, deviationsUp: f64, deviationsDown: f64, kind: i32, scale: f64 = 0): void {
    this.deviationsUp = deviationsUp
    this.deviationsDown = deviationsDown
    this.averageAt = Spread.bytes(length)
    this.isPlain = i32(kind == MaKind.sma)
    this.spread.begin(length, scale)
    if (!this.isPlain) this.average.start(length, kind, scale)
  }

  /** The middle band; `upper`, `lower` and `width` are fields beside it. */
  next(value: f64): f64 {
    if (!known(value)) return NaN
    const root = sqrt(this.spread.take(value))
    if (this.isPlain && this.spread.isExact) return this.aroundSum(<f64>this.spread.sum, root)
    return this.around(this.isPlain ? this.spread.mean : this.average.next(value), root / this.spread.divisor)
  }

  private aroundSum(sum: f64, root: f64): f64 {
    const divisor = this.spread.divisor
    this.upper = (sum + this.deviationsUp * root) / divisor
    this.lower = (sum - this.deviationsDown * root) / divisor
    this.width = ((this.deviationsUp + this.deviationsDown) * root) / sum
    return root == root ? sum / divisor : NaN
  }

  private around(middle: f64, deviation: f64): f64 {
    this.upper = middle + this.deviationsUp * deviation
    this.lower = middle - this.deviationsDown * deviation
    this.width = ((this.deviationsUp + this.deviationsDown) * deviation) / middle
    return middle
  }

  /** `next` over a block into four columns: upper, middle, lower, width. */
  run(count: i32, destination: usize, source: usize): void {
    const middles = destination + COLUMN_BYTES
    if (!this.isPlain) {
      this.average.run(count, middles, source)
      this.spread.takeBlock(count, destination, source)
      for (let i = 0; i < count; i++)
        this.put(destination, i, this.around(get(middles, i), sqrt(get(destination, i)) / this.spread.divisor))
      return
    }
    let i = 0
    while (i < count) {
      if (this.spread.slides(i, count, destination, middles, source)) return this.putPairs(i, count, destination)
      this.put(destination, i, this.next(get(source, i)))
      i++
    }
  }

  private put(destination: usize, i: i32, middle: f64): void {
    const isKnown = known(middle)
    set(destination, i, isKnown ? this.upper : NaN)
    set(destination + COLUMN_BYTES, i, middle)
    set(destination + 2 * COLUMN_BYTES, i, isKnown ? this.lower : NaN)
    set(destination + 3 * COLUMN_BYTES, i, isKnown ? this.width : NaN)
  }

  // The first two columns hold spreads and sums.
  private putPairs(from: i32, count: i32, destination: usize): void {
    const divisor = f64x2.splat(this.spread.divisor)
    const up = f64x2.splat(this.deviationsUp)
    const down = f64x2.splat(this.deviationsDown)
    const both = f64x2.splat(this.deviationsUp + this.deviationsDown)
    let i = from
    for (; i + 1 < count; i += 2) {
      const at = destination + ((<usize>i) << 3)
      const root = f64x2.sqrt(v128.load(at))
      const sum = v128.load(at + COLUMN_BYTES)
      v128.store(at, f64x2.div(f64x2.add(sum, f64x2.mul(up, root)), divisor))
      v128.store(at + COLUMN_BYTES, f64x2.div(sum, divisor))
      v128.store(at + 2 * COLUMN_BYTES, f64x2.div(f64x2.sub(sum, f64x2.mul(down, root)), divisor))
      v128.store(at + 3 * COLUMN_BYTES, f64x2.div(f64x2.mul(both, root), sum))
    }
    if (i < count) this.put(destination, i, this.aroundSum(get(destination + COLUMN_BYTES, i), sqrt(get(destination, i))))
  }
}
