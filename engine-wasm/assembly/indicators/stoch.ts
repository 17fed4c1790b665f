import { COLUMN_BYTES, get, set } from "../operators/column"
import { known } from "./known"
import { Ma } from "./ma"
import { RawStochastic } from "./raw-stochastic"

/**
 * Slow stochastic: k is the smoothed position of the close in the range, d the average of k (Lane; TA-Lib STOCH).
 * Both are known from d's first candle on.
 */
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

  /** `next` over a block into two columns; without holes, each step over the whole block. */
  run(count: i32, destination: usize, high: usize, low: usize, close: usize): void {
    const d = destination + COLUMN_BYTES
    if (!allKnown(count, high, low, close)) return this.runHoles(count, destination, high, low, close)
    this.raw.runKnown(count, destination, d, high, low, close)
    this.average(this.kAt).run(count, destination, destination)
    this.average(this.dAt).run(count, d, destination)
    for (let i = 0; i < count && !known(get(d, i)); i++) set(destination, i, NaN)
  }

  private runHoles(count: i32, destination: usize, high: usize, low: usize, close: usize): void {
    for (let i = 0; i < count; i++) {
      const k = this.next(get(high, i), get(low, i), get(close, i))
      set(destination, i, k)
      set(destination + COLUMN_BYTES, i, known(k) ? this.d : NaN)
    }
  }
}

function allKnown(count: i32, high: usize, low: usize, close: usize): bool {
  let isKnown: i32 = 1
  for (let i = 0; i < count; i++) isKnown &= <i32>known(get(high, i) + get(low, i) + get(close, i))
  return isKnown != 0
}
