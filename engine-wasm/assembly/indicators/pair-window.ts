import { known } from "./known"
import { distance, distances, sumAboveOldest, sumOfBoth } from "./spread"
import { Window } from "./window"

// Products beyond these exceed the range of f64, or its precision.
const LEAST_PRODUCT: f64 = 1e-280
const MOST_PRODUCT: f64 = 1e280

/**
 * The last `length` pairs of values and how they vary together. Sums are recomputed over the window, so that nothing
 * drifts.
 */
@unmanaged
export class PairWindow {
  /** Sums of products of the distances from the means. */
  xx: f64
  xy: f64
  yy: f64
  previousX: f64
  previousY: f64
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
    this.previousX = NaN
    this.previousY = NaN
    this.x.start(length)
    this.y.start(length)
  }

  /** Takes a pair and measures the window; false while it fills. */
  take(x: f64, y: f64): bool {
    this.x.push(x)
    this.y.push(y)
    if (!this.x.isFull) return false
    this.measure(this.x.oldest, this.y.oldest)
    return true
  }

  private measure(xs: usize, ys: usize): void {
    const length = this.length
    const sumX = sumAboveOldest(xs, length)
    const sumY = sumAboveOldest(ys, length)
    let xx = f64x2.splat(0)
    let xy = f64x2.splat(0)
    let yy = f64x2.splat(0)
    for (let at: usize = 0, end = (<usize>(length & ~1)) << 3; at < end; at += 16) {
      const x = distances(xs, at, length, sumX)
      const y = distances(ys, at, length, sumY)
      xx = f64x2.add(xx, f64x2.mul(x, x))
      xy = f64x2.add(xy, f64x2.mul(x, y))
      yy = f64x2.add(yy, f64x2.mul(y, y))
    }
    const isOdd = length & 1
    const x = isOdd ? distance(xs, length - 1, length, sumX) : 0
    const y = isOdd ? distance(ys, length - 1, length, sumY) : 0
    this.xx = sumOfBoth(xx) + x * x
    this.xy = sumOfBoth(xy) + x * y
    this.yy = sumOfBoth(yy) + y * y
  }
}

/** Pearson's correlation of the last `length` pairs, -1 to 1; 0 where one of them does not move (TA-Lib CORREL). */
@unmanaged
export class Correl extends PairWindow {
  next(a: f64, b: f64): f64 {
    if (!known(a + b) || !this.take(a, b)) return NaN
    if (this.xx == 0 || this.yy == 0) return 0
    const both = this.xx * this.yy
    const isExact = both > LEAST_PRODUCT && both < MOST_PRODUCT
    const correlation = isExact ? this.xy / sqrt(both) : this.xy / sqrt(this.xx) / sqrt(this.yy)
    return min<f64>(1, max<f64>(-1, correlation))
  }
}

/**
 * How much b's relative change moves per a's: their covariance over a's variance, over the last `length` changes
 * (TA-Lib BETA).
 */
@unmanaged
export class Beta extends PairWindow {
  next(a: f64, b: f64): f64 {
    if (!known(a + b)) return NaN
    const changeA = relativeChange(this.previousX, a)
    const changeB = relativeChange(this.previousY, b)
    this.previousX = a
    this.previousY = b
    if (!known(changeA) || !this.take(changeA, changeB)) return NaN
    return this.xx == 0 ? 0 : this.xy / this.xx
  }
}

function relativeChange(before: f64, now: f64): f64 {
  return before == 0 ? 0 : (now - before) / before
}
