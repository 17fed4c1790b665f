import { get, set } from "../column"
import { ExactSum, lostBy, lostByPair, quotient, quotientPair } from "./exact-sum"
import { allKnown, known } from "./known"
import { areWhole, unitOf } from "./ticks"

/** Windows up to this length are summed anew for every candle; longer ones slide. */
const SHORT: i32 = 8

/**
 * Sum of the last `length` values over a divisor, without drift. Integers add up exactly; other values do so in two
 * doubles.
 */
@unmanaged
export class WindowSum {
  high: f64
  low: f64
  divisor: f64
  length: i32
  at: i32
  full: i32
  /** 1 while every value was a whole number. */
  whole: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<WindowSum>() + (length << 3)
  }

  /** `isWhole`: the values are integers, as far as is known. */
  begin(length: i32, divisor: f64, isWhole: bool): void {
    assert(length > 0, "a window has at least one candle")
    this.length = length
    this.divisor = divisor
    this.whole = i32(isWhole)
  }

  // The two doubles the struct begins with.
  @inline
  private get total(): ExactSum {
    return changetype<ExactSum>(changetype<usize>(this))
  }

  /** What the next value will push out; 0 while the window fills. */
  @inline
  get oldest(): f64 {
    return load<f64>(this.slot(this.at))
  }

  @inline
  slot(i: i32): usize {
    return changetype<usize>(this) + offsetof<WindowSum>() + ((<usize>i) << 3)
  }

  /** The sum over the divisor, with this value in and the oldest one out. */
  next(value: f64): f64 {
    if (!known(value)) return NaN
    this.push(value)
    return this.full ? this.value : NaN
  }

  /** The sum of the window over the divisor. */
  get value(): f64 {
    return this.whole ? this.high / this.divisor : quotient(this.high, this.low, this.divisor, 0)
  }

  /** Takes a value in, and the oldest one out. */
  push(value: f64): void {
    const slot = this.slot(this.at)
    const oldest = load<f64>(slot)
    store<f64>(slot, value)
    const isRound = ++this.at == this.length
    if (isRound) {
      this.at = 0
      this.full = 1
    }
    if (this.whole && nearest(value) == value) {
      this.high += value - oldest
      return
    }
    this.whole = 0
    if (isRound || this.length <= SHORT) return this.addUp()
    this.total.add(value)
    this.total.add(-oldest)
  }

  // Oldest first. Once per length it clears whatever two doubles could not hold.
  private addUp(): void {
    this.total.clear()
    for (let i = this.at; i < this.length; i++) this.total.add(load<f64>(this.slot(i)))
    for (let i = 0; i < this.at; i++) this.total.add(load<f64>(this.slot(i)))
  }

  /** `next` over a block; the destination is another column than the source. */
  run(count: i32, destination: usize, source: usize): void {
    let i = 0
    const isLong = this.length > SHORT
    const first = isLong || this.whole ? 0 : this.length - 1
    while (i < count && (i < first || !this.full)) {
      set(destination, i, this.next(get(source, i)))
      i++
    }
    if (i < count && allKnown(source, i, count) && (this.whole == 0 || areWhole(source, i, count))) {
      if (this.whole) this.slideWhole(i, count, destination, source)
      else if (!isLong) this.addUpEach(i, count, destination, source)
      else this.slide(i, count, destination, source)
    } else for (; i < count; i++) set(destination, i, this.next(get(source, i)))
  }

  // Values leaving the window are in the ring, in two pieces, and then in the source itself.
  private slideWhole(from: i32, count: i32, destination: usize, source: usize): void {
    const length = this.length
    const begin = source + ((<usize>from) << 3)
    const out = destination + ((<usize>from) << 3)
    const taken = count - from
    const tail = min(length - this.at, taken)
    const head = min(length, taken)
    this.slidePiece(tail, out, begin, this.slot(this.at))
    this.slidePiece(head - tail, out + ((<usize>tail) << 3), begin + ((<usize>tail) << 3), this.slot(0))
    this.slidePiece(taken - head, out + ((<usize>head) << 3), begin + ((<usize>head) << 3), begin)
    this.keepLast(from, count, source)
  }

  // Two candles at a time: integers may be added in any order.
  private slidePiece(count: i32, destination: usize, entering: usize, leaving: usize): void {
    const divisors = f64x2.splat(this.divisor)
    let sums = f64x2.splat(this.high)
    let at: usize = 0
    for (const end = (<usize>(count & ~1)) << 3; at < end; at += 16) {
      const steps = f64x2.sub(v128.load(entering + at), v128.load(leaving + at))
      const both = f64x2.add(steps, v128.shuffle<f64>(f64x2.splat(0), steps, 0, 2))
      v128.store(destination + at, f64x2.div(f64x2.add(sums, both), divisors))
      sums = f64x2.add(sums, v128.shuffle<f64>(both, both, 1, 1))
    }
    let sum = f64x2.extract_lane(sums, 0)
    if (count & 1) {
      sum += load<f64>(entering + at) - load<f64>(leaving + at)
      store<f64>(destination + at, sum / this.divisor)
    }
    this.high = sum
  }

  /** Puts the values from one place up to another into the ring. */
  private keepLast(from: i32, to: i32, source: usize): void {
    const length = this.length
    if (to - from >= length) {
      this.at = 0
      memory.copy(this.slot(0), source + ((<usize>(to - length)) << 3), (<usize>length) << 3)
      return
    }
    const tail = min(length - this.at, to - from)
    memory.copy(this.slot(this.at), source + ((<usize>from) << 3), (<usize>tail) << 3)
    memory.copy(this.slot(0), source + ((<usize>(from + tail)) << 3), (<usize>(to - from - tail)) << 3)
    this.at = (this.at + to - from) % length
  }

  // The block holds the whole window of every candle.
  private addUpEach(from: i32, count: i32, destination: usize, source: usize): void {
    const back = (<usize>(this.length - 1)) << 3
    const end = (<usize>(from + ((count - from) & ~1))) << 3
    const divisor = f64x2.splat(this.divisor)
    const inverse = f64x2.splat(1 / this.divisor)
    for (let at = (<usize>from) << 3; at < end; at += 16) {
      let high = v128.load(source + at - back)
      let low = f64x2.splat(0)
      for (let one = at - back + 8; one <= at; one += 8) {
        const value = v128.load(source + one)
        const sum = f64x2.add(high, value)
        low = f64x2.add(low, lostByPair(high, value, sum))
        high = sum
      }
      v128.store(destination + at, quotientPair(high, low, divisor, inverse))
    }
    const last = (count - from) & 1
    this.keepLast(max(from, count - last - this.length), count - last, source)
    this.addUp()
    if (last) set(destination, count - 1, this.next(get(source, count - 1)))
  }

  private slide(from: i32, count: i32, destination: usize, source: usize): void {
    const divisor = this.divisor
    const last = this.slot(this.length - 1)
    let slot = this.slot(this.at)
    let high = this.high
    let low = this.low
    for (let i = from; i < count; i++) {
      const value = get(source, i)
      const oldest = -load<f64>(slot)
      store<f64>(slot, value)
      if (slot == last) {
        this.at = 0
        this.addUp()
        high = this.high
        low = this.low
        slot = this.slot(0)
      } else {
        const added = high + value
        low += lostBy(high, value, added)
        high = added + oldest
        low += lostBy(added, oldest, high)
        slot += 8
      }
      set(destination, i, quotient(high, low, divisor, 0))
    }
    this.high = high
    this.low = low
    this.at = <i32>((slot - this.slot(0)) >> 3)
  }
}

/** Sum of the last `length` values (TA-Lib SUM). */
@unmanaged
export class Sum extends WindowSum {
  start(length: i32, scale: f64 = 0): void {
    this.begin(length, unitOf(scale), scale > 0)
  }
}

/** Simple moving average: the sum of the last `length` values, divided once (TA-Lib SMA). */
@unmanaged
export class Sma extends WindowSum {
  start(length: i32, scale: f64 = 0): void {
    this.begin(length, <f64>length * unitOf(scale), scale > 0)
  }
}

/**
 * Triangular moving average: an average of an average, the weights rise to the middle and fall again (TA-Lib TRIMA).
 */
@unmanaged
export class Trima {
  innerBytes: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<Trima>() + Sum.bytes((length + 1) / 2) + Sum.bytes(length / 2 + 1)
  }

  @inline
  private get inner(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Trima>())
  }

  @inline
  private get outer(): Sum {
    return changetype<Sum>(changetype<usize>(this) + offsetof<Trima>() + <usize>this.innerBytes)
  }

  // Sums of whole numbers are whole again; dividing once, at the end, keeps ties exact.
  start(length: i32, scale: f64 = 0): void {
    const first = (length + 1) / 2
    const second = length / 2 + 1
    this.innerBytes = Sum.bytes(first)
    this.inner.begin(first, 1, scale > 0)
    this.outer.begin(second, <f64>first * <f64>second * unitOf(scale), scale > 0)
  }

  next(value: f64): f64 {
    return this.outer.next(this.inner.next(value))
  }
}
