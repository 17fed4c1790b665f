import { get, set } from "../column"
import { isNear, Rma } from "./ema"
import { known } from "./known"
import { unitOf } from "./ticks"

/**
 * True range: the largest of high - low, |high - previous close|, |low - previous close| (Wilder; TA-Lib TRANGE).
 * Needs one earlier close.
 */
@unmanaged
export class Trange {
  previousClose: f64
  divisor: f64

  static bytes(): i32 {
    return <i32>offsetof<Trange>()
  }

  start(scale: f64 = 0): void {
    this.previousClose = NaN
    this.divisor = unitOf(scale)
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const range = rangeAfter(high, low, this.previousClose)
    this.previousClose = close
    return range / this.divisor
  }
}

/** True range of a candle; NaN before there is an earlier close. */
export function rangeAfter(high: f64, low: f64, previousClose: f64): f64 {
  return previousClose == previousClose ? trueRange(high, low, previousClose) : NaN
}

/** The same with a known earlier close. */
// @ts-ignore: decorator
@inline
export function trueRange(high: f64, low: f64, previousClose: f64): f64 {
  const before = f64x2.splat(previousClose)
  const top = f64x2.pmax(f64x2.splat(high), before)
  const bottom = f64x2.pmin(f64x2.splat(low), before)
  return f64x2.extract_lane(f64x2.sub(top, bottom), 0)
}

/** Wilder's average of the true range (Wilder, New Concepts in Technical Trading Systems). */
@unmanaged
export class RangeAverage {
  previousClose: f64
  divisor: f64

  static bytes(): i32 {
    return <i32>offsetof<RangeAverage>() + Rma.bytes()
  }

  @inline
  get average(): Rma {
    return changetype<Rma>(changetype<usize>(this) + offsetof<RangeAverage>())
  }

  start(length: i32, scale: f64 = 0): void {
    this.previousClose = NaN
    this.divisor = unitOf(scale)
    this.average.start(length)
  }

  /** Takes a candle; the average in the unit of its prices. */
  take(high: f64, low: f64, close: f64): f64 {
    if (!known(high + low + close)) return NaN
    const range = rangeAfter(high, low, this.previousClose)
    this.previousClose = close
    return this.average.take(range)
  }
}

/** Average true range (TA-Lib ATR). */
@unmanaged
export class Atr extends RangeAverage {
  next(high: f64, low: f64, close: f64): f64 {
    return this.take(high, low, close) / this.divisor
  }

  /** `next` over a block. */
  run(count: i32, destination: usize, highs: usize, lows: usize, closes: usize): void {
    let i = 0
    while (i < count) {
      if (this.average.isSeeded) i = this.follow(i, count, destination, highs, lows, closes)
      if (i == count) return
      set(destination, i, this.next(get(highs, i), get(lows, i), get(closes, i)))
      i++
    }
  }

  // With the state in locals, up to a hole or to where the average becomes equal; returns the candle it stopped at.
  private follow(from: i32, count: i32, destination: usize, highs: usize, lows: usize, closes: usize): i32 {
    const weight = this.average.weight
    const near = this.average.near
    const divisor = this.divisor
    let average = this.average.value
    let previousClose = this.previousClose
    let i = from
    for (; i < count; i++) {
      const high = get(highs, i)
      const low = get(lows, i)
      const close = get(closes, i)
      const range = trueRange(high, low, previousClose)
      const distance = range - average
      if (!known(high + low + close) || isNear(distance, range, near)) break
      average += weight * distance
      previousClose = close
      set(destination, i, average / divisor)
    }
    this.average.value = average
    this.previousClose = previousClose
    return i
  }
}

/** Average true range in percent of the close, so that markets can be compared (Forman; TA-Lib NATR). */
@unmanaged
export class Natr extends RangeAverage {
  next(high: f64, low: f64, close: f64): f64 {
    const range = this.take(high, low, close)
    return close == 0 ? 0 : (100 * range) / close
  }
}
