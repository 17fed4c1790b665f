import { meanAboveOldest } from "./spread"
import { Window } from "./window"

/**
 * The last `length` pairs of values and how they vary together. Sums are taken anew over the window, so they never
 * drift.
 */
@unmanaged
export class PairWindow {
  /** Sums of products of the distances from the means. */
  xx: f64
  xy: f64
  yy: f64
  length: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<PairWindow>() + 2 * Window.bytes(length)
  }

  @inline
  private get x(): Window {
    return changetype<Window>(changetype<usize>(this) + offsetof<PairWindow>())
  }

  @inline
  private get y(): Window {
    return changetype<Window>(changetype<usize>(this) + offsetof<PairWindow>() + <usize>Window.bytes(this.length))
  }

  start(length: i32): void {
    this.length = length
    this.x.start(length)
    this.y.start(length)
  }

  /** Takes a pair and measures the window; false while it fills. */
  next(x: f64, y: f64): bool {
    this.x.push(x)
    this.y.push(y)
    if (!this.x.isFull) return false
    this.measure(this.x.oldest, this.y.oldest)
    return true
  }

  /** Pearson's correlation of the window, where both sides move; neither large nor small values leave f64's range. */
  get correlation(): f64 {
    const both = this.xx * this.yy
    const isInRange = both > 1e-280 && both < 1e280
    const correlation = isInRange ? this.xy / sqrt(both) : this.xy / sqrt(this.xx) / sqrt(this.yy)
    return min<f64>(1, max<f64>(-1, correlation))
  }

  // Distances are taken from the oldest pair first, which loses nothing however high the values; two pairs at a time.
  private measure(xs: usize, ys: usize): void {
    const length = this.length
    const x0 = load<f64>(xs)
    const y0 = load<f64>(ys)
    const meanX = meanAboveOldest(xs, length)
    const meanY = meanAboveOldest(ys, length)
    let xx = f64x2.splat(0)
    let xy = f64x2.splat(0)
    let yy = f64x2.splat(0)
    const end = (<usize>(length & ~1)) << 3
    for (let at: usize = 0; at < end; at += 16) {
      const x = f64x2.sub(f64x2.sub(v128.load(xs + at), f64x2.splat(x0)), f64x2.splat(meanX))
      const y = f64x2.sub(f64x2.sub(v128.load(ys + at), f64x2.splat(y0)), f64x2.splat(meanY))
      xx = f64x2.add(xx, f64x2.mul(x, x))
      xy = f64x2.add(xy, f64x2.mul(x, y))
      yy = f64x2.add(yy, f64x2.mul(y, y))
    }
    const isOdd = length & 1
    const x = isOdd ? load<f64>(xs + end) - x0 - meanX : 0
    const y = isOdd ? load<f64>(ys + end) - y0 - meanY : 0
    this.xx = sumOfBoth(xx) + x * x
    this.xy = sumOfBoth(xy) + x * y
    this.yy = sumOfBoth(yy) + y * y
  }
}

// @ts-ignore: decorator
@inline
function sumOfBoth(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1)
}
