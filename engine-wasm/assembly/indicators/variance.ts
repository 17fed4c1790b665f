import { get, set } from "../column"
import { ExactSum, quotient } from "./exact-sum"
import { allKnown, known } from "./known"
import { distance, squareSpread, sumAboveOldest } from "./spread"
import { areWhole, unitOf } from "./ticks"
import { Window } from "./window"

// length x ticks below this: length x sum of squares - square of the sum fits into 63 bits.
const WIDE: f64 = 3037000499
// The same for the integers of f64.
const NARROW: f64 = 67108864

/**
 * The last `length` values and their spread: `length` x sum of squares - square of the sum, which is their population
 * variance times length squared. For integers both sums slide along and it is exact; otherwise it rereads the window
 * for every candle.
 */
@unmanaged
export class Spread {
  // Modulo 2^64: what overflows in the sums cancels in the spread.
  sum: i64
  squares: i64
  /** The sum of a full window in two doubles. */
  total: f64
  rest: f64
  /** Values in the window that are too large for that, or not integers. */
  strays: i64
  /** Divides the root of a spread to get a standard deviation in price. */
  divisor: f64
  deviations: f64
  whole: i64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Spread>() + Window.bytes(length)
  }

  @inline
  get window(): Window {
    return changetype<Window>(changetype<usize>(this) + offsetof<Spread>())
  }

  begin(length: i32, scale: f64): void {
    this.window.start(length)
    this.divisor = <f64>length * unitOf(scale)
    this.whole = i64(scale > 0)
  }

  /** Takes a value; the spread of a full window. */
  take(value: f64): f64 {
    if (!known(value)) return NaN
    const window = this.window
    if (this.whole) this.slide(value)
    window.push(value)
    if (!window.isFull) return NaN
    if (!this.isExact) return squareSpread(window.oldest, window.length) / <f64>window.length
    return <f64>(<i64>window.length * this.squares - this.sum * this.sum)
  }

  /** Whether the spread is that of whole numbers. */
  @inline
  get isExact(): bool {
    return this.whole != 0 && this.strays == 0
  }

  /** The mean of the window, in price; NaN while it fills. */
  get mean(): f64 {
    if (!this.window.isFull) return NaN
    if (this.isExact) return <f64>this.sum / this.divisor
    const total = changetype<ExactSum>(changetype<usize>(this) + offsetof<Spread>("total"))
    const window = this.window
    total.clear()
    for (let i = 0; i < window.length; i++) total.add(load<f64>(window.oldest + ((<usize>i) << 3)))
    return quotient(total.high, total.low, this.divisor, 0)
  }

  private slide(value: f64): void {
    const left = this.window.isFull ? load<f64>(this.window.oldest) : 0
    const strayIn = this.isStray(value)
    const strayOut = this.isStray(left)
    const entering = strayIn ? 0 : <i64>value
    const leaving = strayOut ? 0 : <i64>left
    this.sum += entering - leaving
    this.squares += entering * entering - leaving * leaving
    this.strays += i64(strayIn) - i64(strayOut)
  }

  @inline
  private isStray(value: f64): bool {
    return abs(value) * <f64>this.window.length >= WIDE || nearest(value) != value
  }

  /** `take` over a block. */
  takeBlock(count: i32, destination: usize, source: usize): void {
    let i = 0
    for (; i < count && !this.window.isFull; i++) set(destination, i, this.take(get(source, i)))
    if (this.slides(i, count, destination, 0, source)) return
    for (; i < count; i++) set(destination, i, this.take(get(source, i)))
  }

  /**
   * Integers that are close together, two at a time: columns of spreads and, unless its address is 0, of sums. False,
   * without any effect, where the window is not full or the block is not of that kind.
   */
  slides(from: i32, count: i32, spreads: usize, totals: usize, source: usize): bool {
    if (from >= count || !this.window.isFull || !this.isExact || !this.isNarrow(from, count, source)) return false
    this.slidePairs(from, count, spreads, totals, source)
    return true
  }

  // Every value of window and block is so close to the first that sums of squares are integers of f64.
  private isNarrow(from: i32, count: i32, source: usize): bool {
    if (!allKnown(source, from, count) || !areWhole(source, from, count)) return false
    const origin = get(source, from)
    const length = this.window.length
    const reach = max(reachOf(source, from, count, origin), reachOf(this.window.oldest, 0, length, origin))
    return reach * <f64>length < NARROW && (abs(origin) + reach) * <f64>length < WIDE
  }

  // Values leaving the window are in the ring, and then in the source itself.
  private slidePairs(from: i32, count: i32, spreads: usize, totals: usize, source: usize): void {
    const length = this.window.length
    const origin = get(source, from)
    const old = min(length, count - from)
    this.moveOrigin(<i64>origin)
    const begin = (<usize>from) << 3
    this.slidePiece(old, begin, spreads, totals, source, this.window.oldest - begin, origin)
    const on = begin + ((<usize>old) << 3)
    this.slidePiece(count - from - old, on, spreads, totals, source, source + begin - on, origin)
    this.moveOrigin(-<i64>origin)
    for (let i = count - old; i < count; i++) this.window.push(get(source, i))
  }

  // Both sums as if every value were smaller by this much.
  private moveOrigin(by: i64): void {
    const length = <i64>this.window.length
    this.squares += by * (by * length - 2 * this.sum)
    this.sum -= by * length
  }

  // `count` candles from a byte of the block on; the leaving values have a column of their own.
  private slidePiece(count: i32, from: usize, spreads: usize, totals: usize, entering: usize, leaving: usize, origin: f64): void {
    const length = f64x2.splat(<f64>this.window.length)
    const base = f64x2.splat(<f64>this.window.length * origin)
    let sums = f64x2.splat(<f64>this.sum)
    let squares = f64x2.splat(<f64>this.squares)
    let at = from
    for (const end = from + ((<usize>(count & ~1)) << 3); at < end; at += 16) {
      const comes = f64x2.sub(v128.load(entering + at), f64x2.splat(origin))
      const goes = f64x2.sub(v128.load(leaving + at), f64x2.splat(origin))
      sums = f64x2.add(sums, running(f64x2.sub(comes, goes)))
      squares = f64x2.add(squares, running(f64x2.sub(f64x2.mul(comes, comes), f64x2.mul(goes, goes))))
      v128.store(spreads + at, f64x2.sub(f64x2.mul(length, squares), f64x2.mul(sums, sums)))
      if (totals) v128.store(totals + at, f64x2.add(sums, base))
      sums = v128.shuffle<f64>(sums, sums, 1, 1)
      squares = v128.shuffle<f64>(squares, squares, 1, 1)
    }
    this.sum = <i64>f64x2.extract_lane(sums, 0)
    this.squares = <i64>f64x2.extract_lane(squares, 0)
    if (!(count & 1)) return
    const comes = load<f64>(entering + at) - origin
    const goes = load<f64>(leaving + at) - origin
    this.sum += <i64>(comes - goes)
    this.squares += <i64>(comes * comes - goes * goes)
    store<f64>(spreads + at, <f64>(<i64>this.window.length * this.squares - this.sum * this.sum))
    if (totals) store<f64>(totals + at, <f64>this.sum + <f64>this.window.length * origin)
  }
}

/** The first of two steps, and both together. */
// @ts-ignore: decorator
@inline
function running(steps: v128): v128 {
  return f64x2.add(steps, v128.shuffle<f64>(f64x2.splat(0), steps, 0, 2))
}

/** The largest distance of a column's values from the origin. */
function reachOf(column: usize, from: i32, to: i32, origin: f64): f64 {
  let reach = f64x2.splat(0)
  for (let i = from; i + 1 < to; i += 2) {
    const apart = f64x2.sub(v128.load(column + ((<usize>i) << 3)), f64x2.splat(origin))
    reach = f64x2.pmax(reach, f64x2.abs(apart))
  }
  const last = abs(get(column, to - 1) - origin)
  return max<f64>(last, max<f64>(f64x2.extract_lane(reach, 0), f64x2.extract_lane(reach, 1)))
}

/** Variance of the last `length` values as a population; `deviations` changes nothing (TA-Lib VAR). */
@unmanaged
export class Variance extends Spread {
  start(length: i32, deviations: f64, scale: f64 = 0): void {
    this.begin(length, scale)
  }

  next(value: f64): f64 {
    return this.take(value) / (this.divisor * this.divisor)
  }

  run(count: i32, destination: usize, source: usize): void {
    this.takeBlock(count, destination, source)
    for (let i = 0; i < count; i++) set(destination, i, get(destination, i) / (this.divisor * this.divisor))
  }
}

/** Standard deviation of the last `length` values as a population, times `deviations` (TA-Lib STDDEV). */
@unmanaged
export class Stddev extends Spread {
  start(length: i32, deviations: f64 = 1, scale: f64 = 0): void {
    this.begin(length, scale)
    this.deviations = deviations
  }

  next(value: f64): f64 {
    return (sqrt(this.take(value)) * this.deviations) / this.divisor
  }

  run(count: i32, destination: usize, source: usize): void {
    this.takeBlock(count, destination, source)
    for (let i = 0; i < count; i++) set(destination, i, (sqrt(get(destination, i)) * this.deviations) / this.divisor)
  }
}

/**
 * How many standard deviations (of the population) the newest value is above the mean of the last `length`; 0 where
 * all are equal.
 */
@unmanaged
export class Zscore extends Spread {
  start(length: i32, scale: f64 = 0): void {
    this.begin(length, scale)
  }

  next(value: f64): f64 {
    const spread = this.take(value)
    if (spread == 0) return 0
    const length = this.window.length
    const oldest = this.window.oldest
    return distance(oldest, length - 1, length, sumAboveOldest(oldest, length)) / sqrt(spread)
  }
}
