import { COLUMN_BYTES, get, set } from "../column"
import { GainLoss } from "./gain-loss"
import { allKnown, known } from "./known"
import { Ma } from "./ma"
import { percentOf } from "./percent"
import { PriceRange } from "./price-range"

/** The highest highs and lowest lows of a block, inputs of the raw stochastic. */
const TOPS: usize = memory.data(8192, 16)
const BOTTOMS: usize = memory.data(8192, 16)

/**
 * The close's place between the lowest low and the highest high of the last `length` candles, 0 to 100; 0 where they
 * are equal (Lane).
 */
@unmanaged
export class RawStochastic extends PriceRange {
  place(high: f64, low: f64, close: f64): f64 {
    if (!known(close) || !this.take(high, low)) return NaN
    const range = this.top - this.bottom
    return range == 0 ? 0 : (100 * (close - this.bottom)) / range
  }

  /** `place` over a block without holes. */
  placeKnown(count: i32, destination: usize, highs: usize, lows: usize, closes: usize): void {
    this.takeKnown(count, TOPS, BOTTOMS, highs, lows)
    for (let at: usize = 0, end = (<usize>count) << 3; at < end; at += 16) {
      const bottoms = v128.load(BOTTOMS + at)
      const ranges = f64x2.sub(v128.load(TOPS + at), bottoms)
      const heights = f64x2.mul(f64x2.splat(100), f64x2.sub(v128.load(closes + at), bottoms))
      v128.store(destination + at, v128.andnot(f64x2.div(heights, ranges), f64x2.eq(ranges, f64x2.splat(0))))
    }
  }
}

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

  /** k; `d` is a field beside it. */
  next(high: f64, low: f64, close: f64): f64 {
    const k = this.average(this.kAt).next(this.raw.place(high, low, close))
    this.d = this.average(this.dAt).next(k)
    return known(this.d) ? k : NaN
  }

  /** `next` over a block into two columns; without holes, each step over the whole block. */
  run(count: i32, destination: usize, highs: usize, lows: usize, closes: usize): void {
    if (!allKnown(highs, 0, count) || !allKnown(lows, 0, count) || !allKnown(closes, 0, count))
      return this.runHoles(count, destination, highs, lows, closes)
    const d = destination + COLUMN_BYTES
    this.raw.placeKnown(count, d, highs, lows, closes)
    this.average(this.kAt).run(count, destination, d)
    this.average(this.dAt).run(count, d, destination)
    for (let i = 0; i < count && !known(get(d, i)); i++) set(destination, i, NaN)
  }

  private runHoles(count: i32, destination: usize, highs: usize, lows: usize, closes: usize): void {
    for (let i = 0; i < count; i++) {
      const k = this.next(get(highs, i), get(lows, i), get(closes, i))
      set(destination, i, k)
      set(destination + COLUMN_BYTES, i, known(k) ? this.d : NaN)
    }
  }
}

/**
 * Fast stochastic: k is the close's place in the range, d its average (Lane; TA-Lib STOCHF). Both are known from d's
 * first candle on.
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

  /** k; `d` is a field beside it. */
  next(high: f64, low: f64, close: f64): f64 {
    const k = this.raw.place(high, low, close)
    this.d = this.average.next(k)
    return known(this.d) ? k : NaN
  }
}

/** Fast stochastic of the RSI instead of the price (Chande & Kroll, The New Technical Trader; TA-Lib STOCHRSI). */
@unmanaged
export class StochRsi {
  d: f64

  static bytes(kLength: i32, dLength: i32, kind: i32): i32 {
    return <i32>offsetof<StochRsi>() + GainLoss.bytes() + Stochf.bytes(kLength, dLength, kind)
  }

  @inline
  private get changes(): GainLoss {
    return changetype<GainLoss>(changetype<usize>(this) + offsetof<StochRsi>())
  }

  @inline
  private get stoch(): Stochf {
    return changetype<Stochf>(changetype<usize>(this.changes) + <usize>GainLoss.bytes())
  }

  start(length: i32, kLength: i32, dLength: i32, kind: i32): void {
    this.changes.start(length)
    this.stoch.start(kLength, dLength, kind)
  }

  /** k; `d` is a field beside it. */
  next(value: f64): f64 {
    const changes = this.changes
    if (!changes.take(value)) return NaN
    const strength = percentOf(changes.gain, changes.gain + changes.loss)
    const k = this.stoch.next(strength, strength, strength)
    this.d = this.stoch.d
    return k
  }
}
