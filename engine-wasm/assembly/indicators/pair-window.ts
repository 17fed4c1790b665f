import { Window } from "./window"

/** The last `length` pairs of values and how they vary together. Sums are taken anew over the window, so they never drift. */
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
    if (this.x.isFull) this.measure(this.x.oldest, this.y.oldest, x, y)
    return this.x.isFull
  }

  // Distances are taken from the newest pair first, which loses nothing however high the values.
  private measure(xs: usize, ys: usize, newestX: f64, newestY: f64): void {
    const end = (<usize>this.length) << 3
    const meanX = meanDistance(xs, end, newestX)
    const meanY = meanDistance(ys, end, newestY)
    let xx: f64 = 0
    let xy: f64 = 0
    let yy: f64 = 0
    for (let at: usize = 0; at < end; at += 8) {
      const x = load<f64>(xs + at) - newestX - meanX
      const y = load<f64>(ys + at) - newestY - meanY
      xx += x * x
      xy += x * y
      yy += y * y
    }
    this.xx = xx
    this.xy = xy
    this.yy = yy
  }
}

function meanDistance(values: usize, end: usize, from: f64): f64 {
  let sum: f64 = 0
  for (let at: usize = 0; at < end; at += 8) sum += load<f64>(values + at) - from
  return sum / <f64>(end >> 3)
}
