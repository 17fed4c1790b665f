import { get, set } from "../column"
import { NOTHING } from "./ema"
import { known } from "./known"
import { Lag } from "./lag"
import { percentOf } from "./percent"
import { unitOf } from "./ticks"
import { trueRange } from "./true-range"

/**
 * Wilder's running totals of upward movement, downward movement and true range, the inputs of DI, DX and ADX. The
 * first length - 1 changes are added up, then each total loses 1 / length of itself per candle (Wilder, New Concepts
 * in Technical Trading Systems; TA-Lib ADX).
 */
@unmanaged
export class DirectionalMovement {
  /** The two movements side by side: they advance as a pair. */
  plus: f64
  minus: f64
  range: f64
  /** The shrink factor of all three since the last movement: without movement their shares stay, to the bit. */
  faded: f64
  previousHigh: f64
  previousLow: f64
  previousClose: f64
  /** The part of a total that survives each candle. */
  keeps: f64
  divisor: f64
  length: i32
  /** Changes seen, one less than candles; -1 before the first candle. */
  changes: i32

  static bytes(): i32 {
    return <i32>offsetof<DirectionalMovement>()
  }

  start(length: i32, scale: f64 = 0): void {
    assert(length > 0, "a total has at least one candle")
    this.length = length
    this.keeps = 1 - 1.0 / <f64>length
    this.divisor = unitOf(scale)
    this.faded = 1
    this.changes = -1
  }

  /** Takes a candle; false until there are enough changes, and for a hole, which is skipped. */
  take(high: f64, low: f64, close: f64, changes: i32): bool {
    if (!known(high + low + close)) return false
    if (++this.changes > 0) this.move(high, low)
    this.previousHigh = high
    this.previousLow = low
    this.previousClose = close
    return this.changes >= changes
  }

  private move(high: f64, low: f64): void {
    const range = trueRange(high, low, this.previousClose)
    this.faded *= this.changes < this.length ? 1 : this.keeps
    if (range == 0) return
    const movement = oneWay(high - this.previousHigh, this.previousLow - low)
    this.plus = this.plus * this.faded + f64x2.extract_lane(movement, 0)
    this.minus = this.minus * this.faded + f64x2.extract_lane(movement, 1)
    this.range = this.range * this.faded + range
    this.faded = 1
  }

  /** A movement in percent of the range, 0 without one. TA-Lib's DI over a single candle is a plain share. */
  ofRange(movement: f64): f64 {
    const percent = percentOf(movement, this.range)
    return this.length > 1 ? percent : percent / 100
  }
}

/**
 * The larger of an upward and a downward movement in its lane, 0 in the other; two zeros where neither is above 0 and
 * above the other.
 */
// @ts-ignore: decorator
@inline
function oneWay(up: f64, down: f64): v128 {
  const both = f64x2.replace_lane(f64x2.splat(up), 1, down)
  const swapped = v128.shuffle<f64>(both, both, 1, 0)
  return v128.and(both, v128.and(f64x2.gt(both, f64x2.splat(0)), f64x2.gt(both, swapped)))
}

/** Upward movement in percent of the true range (TA-Lib PLUS_DI). */
@unmanaged
export class PlusDi extends DirectionalMovement {
  next(high: f64, low: f64, close: f64): f64 {
    return this.take(high, low, close, this.length) ? this.ofRange(this.plus) : NaN
  }
}

/** Downward movement in percent of the true range (TA-Lib MINUS_DI). */
@unmanaged
export class MinusDi extends DirectionalMovement {
  next(high: f64, low: f64, close: f64): f64 {
    return this.take(high, low, close, this.length) ? this.ofRange(this.minus) : NaN
  }
}

// The first sum of length - 1 changes counts already, one candle before the DI. The close plays no part.

/** Wilder's running total of upward movement, in price (TA-Lib PLUS_DM). */
@unmanaged
export class PlusDm extends DirectionalMovement {
  next(high: f64, low: f64): f64 {
    return this.take(high, low, low, max(1, this.length - 1)) ? (this.plus * this.faded) / this.divisor : NaN
  }
}

/** Wilder's running total of downward movement, in price (TA-Lib MINUS_DM). */
@unmanaged
export class MinusDm extends DirectionalMovement {
  next(high: f64, low: f64): f64 {
    return this.take(high, low, low, max(1, this.length - 1)) ? (this.minus * this.faded) / this.divisor : NaN
  }
}

/**
 * Directional movement index, 0 to 100: how one-sided the movement is; constant while there is none (Wilder; TA-Lib
 * DX).
 */
@unmanaged
export class Dx extends DirectionalMovement {
  value: f64

  static bytes(): i32 {
    return <i32>offsetof<Dx>()
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!this.take(high, low, close, this.length)) return NaN
    const total = this.plus + this.minus
    if (total > NOTHING) this.value = percentOf(abs(this.plus - this.minus), total)
    return this.value
  }
}

/** Average directional index, 0 to 100: how strong a trend is, either way (Wilder; TA-Lib ADX). */
@unmanaged
export class Adx extends DirectionalMovement {
  value: f64

  static bytes(): i32 {
    return <i32>offsetof<Adx>()
  }

  @inline
  private get weight(): f64 {
    return 1.0 / <f64>this.length
  }

  next(high: f64, low: f64, close: f64): f64 {
    if (!this.take(high, low, close, this.length)) return NaN
    const total = this.plus + this.minus
    const dx = (100 * abs(this.plus - this.minus)) / total
    if (this.changes < 2 * this.length) return this.seed(total > NOTHING ? dx : 0)
    if (total > NOTHING) this.value += this.weight * (dx - this.value)
    return this.value
  }

  // The first ADX is the mean of the first `length` DX.
  private seed(dx: f64): f64 {
    this.value += dx
    if (this.changes < 2 * this.length - 1) return NaN
    this.value /= <f64>this.length
    return this.value
  }

  /** `next` over a block. */
  run(count: i32, destination: usize, highs: usize, lows: usize, closes: usize): void {
    let i = 0
    while (i < count) {
      if (this.changes >= 2 * this.length && this.faded == 1) i = this.follow(i, count, destination, highs, lows, closes)
      if (i == count) return
      set(destination, i, this.next(get(highs, i), get(lows, i), get(closes, i)))
      i++
    }
  }

  // With the state in locals, up to a hole or to where nothing moves; returns the candle it stopped at.
  private follow(from: i32, count: i32, destination: usize, highs: usize, lows: usize, closes: usize): i32 {
    const keeps = this.keeps
    const weight = this.weight
    let previousHigh = this.previousHigh
    let previousLow = this.previousLow
    let previousClose = this.previousClose
    let totals = v128.load(changetype<usize>(this))
    let range = this.range
    let average = this.value
    let i = from
    for (; i < count; i++) {
      const high = get(highs, i)
      const low = get(lows, i)
      const close = get(closes, i)
      const nextTotals = f64x2.add(f64x2.mul(totals, f64x2.splat(keeps)), oneWay(high - previousHigh, previousLow - low))
      const total = f64x2.extract_lane(nextTotals, 0) + f64x2.extract_lane(nextTotals, 1)
      const reach = trueRange(high, low, previousClose)
      if (!known(high + low + close)) break
      if (reach == 0) break
      if (!(total > NOTHING)) break
      totals = nextTotals
      range = range * keeps + reach
      const apart = f64x2.extract_lane(totals, 0) - f64x2.extract_lane(totals, 1)
      average += weight * ((100 * abs(apart)) / total - average)
      set(destination, i, average)
      previousHigh = high
      previousLow = low
      previousClose = close
    }
    v128.store(changetype<usize>(this), totals)
    this.range = range
    this.value = average
    this.previousHigh = previousHigh
    this.previousLow = previousLow
    this.previousClose = previousClose
    return i
  }
}

/** ADX rating: halfway between the ADX now and `length` - 1 candles ago (Wilder; TA-Lib ADXR). */
@unmanaged
export class Adxr {
  spare: i64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Adxr>() + Adx.bytes() + Lag.bytes(length - 1)
  }

  @inline
  private get adx(): Adx {
    return changetype<Adx>(changetype<usize>(this) + offsetof<Adxr>())
  }

  @inline
  private get earlier(): Lag {
    return changetype<Lag>(changetype<usize>(this.adx) + <usize>Adx.bytes())
  }

  start(length: i32): void {
    assert(length > 1, "the rating looks back at least one candle")
    this.adx.start(length)
    this.earlier.start(length - 1)
  }

  next(high: f64, low: f64, close: f64): f64 {
    const adx = this.adx.next(high, low, close)
    return (adx + this.earlier.before(adx)) / 2
  }
}
