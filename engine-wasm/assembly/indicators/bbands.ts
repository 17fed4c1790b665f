import { COLUMN_BYTES, get, set } from "../operators/column"
import { Ma } from "./ma"
import { Variance } from "./variance"

/**
 * Bollinger bands: an average, and so many standard deviations above and below it (Bollinger, Bollinger on Bollinger
 * Bands; TA-Lib BBANDS).
 */
@unmanaged
export class Bbands {
  deviationsUp: f64
  deviationsDown: f64
  upper: f64
  lower: f64
  width: f64
  averageAt: i32
  spare: i32

  static bytes(length: i32, kind: i32): i32 {
    return <i32>offsetof<Bbands>() + Variance.bytes(length) + Ma.bytes(length, kind)
  }

  @inline
  private get variance(): Variance {
    return changetype<Variance>(changetype<usize>(this) + offsetof<Bbands>())
  }

  @inline
  private get average(): Ma {
    return changetype<Ma>(changetype<usize>(this) + offsetof<Bbands>() + <usize>this.averageAt)
  }

  start(length: i32, deviationsUp: f64, deviationsDown: f64, kind: i32, scale: f64 = 0): void {
    this.deviationsUp = deviationsUp
    this.deviationsDown = deviationsDown
    this.averageAt = Variance.bytes(length)
    this.variance.start(length, scale)
    this.average.start(length, kind, scale)
  }

  /** The middle band; `upper`, `lower` and `width`, their distance as a fraction of it (Bollinger's BandWidth), beside. */
  next(value: f64): f64 {
    const middle = this.average.next(value)
    this.spread(middle, sqrt(this.variance.next(value)))
    return middle
  }

  private spread(middle: f64, deviation: f64): void {
    this.upper = middle + this.deviationsUp * deviation
    this.lower = middle - this.deviationsDown * deviation
    this.width = ((this.deviationsUp + this.deviationsDown) * deviation) / middle
  }

  /** `next` over a block into four columns: upper, middle, lower, width. */
  run(count: i32, destination: usize, source: usize): void {
    const middles = destination + COLUMN_BYTES
    this.average.run(count, middles, source)
    this.variance.run(count, destination, source)
    const up = this.deviationsUp
    const down = this.deviationsDown
    for (let i = 0; i < count; i++) {
      const middle = get(middles, i)
      const deviation = sqrt(get(destination, i))
      set(destination, i, middle + up * deviation)
      set(destination + 2 * COLUMN_BYTES, i, middle - down * deviation)
      set(destination + 3 * COLUMN_BYTES, i, ((up + down) * deviation) / middle)
    }
  }
}
