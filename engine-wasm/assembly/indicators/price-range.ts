import { set } from "../column"
import { known } from "./known"
import { Lag } from "./lag"
import { unitOf } from "./ticks"

const PAIR_BYTES: usize = 16

/**
 * Highest high and lowest low of the last `length` candles, both in one go: a pair is a high and a negated low, and
 * of pairs the greater sides are kept, as `Extreme` keeps single values.
 */
@unmanaged
export class PriceRange {
  /** The head of the running stretch, as a pair. */
  headHigh: f64
  headLow: f64
  top: f64
  bottom: f64
  divisor: f64
  length: i32
  at: i32
  full: i32
  spare: i32

  static bytes(length: i32): i32 {
    return <i32>offsetof<PriceRange>() + (length + 1) * <i32>PAIR_BYTES
  }

  @inline
  private get head(): v128 {
    return v128.load(changetype<usize>(this))
  }

  @inline
  private set head(pair: v128) {
    v128.store(changetype<usize>(this), pair)
  }

  start(length: i32, scale: f64 = 0): void {
    assert(length > 0, "a window has at least one candle")
    this.divisor = 2 * unitOf(scale)
    this.length = length
    this.headHigh = -Infinity
    this.headLow = -Infinity
    v128.store(this.slot(length), f64x2.splat(-Infinity))
  }

  @inline
  private slot(i: i32): usize {
    return changetype<usize>(this) + offsetof<PriceRange>() + <usize>i * PAIR_BYTES
  }

  /** Takes a candle; false until there are `length`, and for a hole. */
  take(high: f64, low: f64): bool {
    if (!known(high + low)) return false
    const slot = this.slot(this.at)
    const pair = pairOf(high, low)
    this.head = f64x2.pmax(pair, this.head)
    v128.store(slot, pair)
    const extreme = f64x2.pmax(this.head, v128.load(slot, PAIR_BYTES))
    this.top = f64x2.extract_lane(extreme, 0)
    this.bottom = -f64x2.extract_lane(extreme, 1)
    if (++this.at == this.length) this.turn()
    return this.full != 0
  }

  // The stretch is full: each slot becomes the extreme from there to the stretch's end.
  private turn(): void {
    let tail = v128.load(this.slot(this.length - 1))
    for (let slot = this.slot(this.length - 2); slot >= this.slot(0); slot -= PAIR_BYTES) {
      tail = f64x2.pmax(v128.load(slot), tail)
      v128.store(slot, tail)
    }
    this.at = 0
    this.full = 1
    this.head = f64x2.splat(-Infinity)
  }

  /** Takes a candle; returns highest plus lowest, twice their midpoint. */
  both(high: f64, low: f64): f64 {
    return this.take(high, low) ? this.top + this.bottom : NaN
  }

  /** Takes a block without holes; columns of highest and lowest, NaN until there are `length`. */
  takeKnown(count: i32, tops: usize, bottoms: usize, highs: usize, lows: usize): void {
    let i = 0
    while (i < count && !this.full) {
      const isFull = this.take(load<f64>(highs + ((<usize>i) << 3)), load<f64>(lows + ((<usize>i) << 3)))
      set(tops, i, isFull ? this.top : NaN)
      set(bottoms, i, isFull ? this.bottom : NaN)
      i++
    }
    while (i < count) i = this.takeToTurn(i, count, tops, bottoms, highs, lows)
  }

  private takeToTurn(from: i32, count: i32, tops: usize, bottoms: usize, highs: usize, lows: usize): i32 {
    const end = min(count, from + this.length - this.at)
    let slot = this.slot(this.at)
    let head = this.head
    for (let at = (<usize>from) << 3, last = (<usize>end) << 3; at < last; at += 8) {
      const pair = pairOf(load<f64>(highs + at), load<f64>(lows + at))
      head = f64x2.pmax(pair, head)
      const extreme = f64x2.pmax(head, v128.load(slot, PAIR_BYTES))
      v128.store(slot, pair)
      slot += PAIR_BYTES
      store<f64>(tops + at, f64x2.extract_lane(extreme, 0))
      store<f64>(bottoms + at, -f64x2.extract_lane(extreme, 1))
    }
    this.head = head
    this.at += end - from
    if (this.at == this.length) this.turn()
    return end
  }
}

// @ts-ignore: decorator
@inline
function pairOf(high: f64, low: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(high), 1, -low)
}

/** Halfway between the highest high and the lowest low of the last `length` candles (TA-Lib MIDPRICE). */
@unmanaged
export class Midprice extends PriceRange {
  next(high: f64, low: f64): f64 {
    return this.both(high, low) / this.divisor
  }
}

/** Halfway between the highest and the lowest of the last `length` values (TA-Lib MIDPOINT). */
@unmanaged
export class Midpoint extends PriceRange {
  next(value: f64): f64 {
    return this.both(value, value) / this.divisor
  }
}

/**
 * Williams %R, -100 to 0: how far the close is below the highest high, in percent of the range; 0 without a range
 * (Williams; TA-Lib WILLR).
 */
@unmanaged
export class Willr extends PriceRange {
  next(high: f64, low: f64, close: f64): f64 {
    if (!known(close) || !this.take(high, low)) return NaN
    const range = this.top - this.bottom
    return range == 0 ? 0 : (100 * (close - this.top)) / range
  }
}

/**
 * Donchian channel: highest high and lowest low of the last `length` candles, this one included, and their middle
 * (Donchian; Pine ta.highest, ta.lowest).
 */
@unmanaged
export class Donchian {
  upper: f64
  lower: f64
  divisor: f64

  static bytes(length: i32): i32 {
    return <i32>offsetof<Donchian>() + PriceRange.bytes(length)
  }

  @inline
  private get range(): PriceRange {
    return changetype<PriceRange>(changetype<usize>(this) + offsetof<Donchian>())
  }

  start(length: i32, scale: f64 = 0): void {
    this.divisor = unitOf(scale)
    this.range.start(length)
  }

  /** The middle; `upper` and `lower` are fields beside it. */
  next(high: f64, low: f64): f64 {
    const both = this.range.both(high, low)
    this.upper = this.range.top / this.divisor
    this.lower = this.range.bottom / this.divisor
    return both / (2 * this.divisor)
  }
}

/**
 * Ichimoku: conversion and base line, and the cloud under this candle, which was drawn `base` - 1 candles ahead of
 * its own (Hosoda; TradingView's Ichimoku Cloud, offset included). Lines are halfway between highest high and lowest
 * low.
 */
@unmanaged
export class Ichimoku {
  base: f64
  spanA: f64
  spanB: f64
  divisor: f64
  conversionLength: i32
  baseLength: i32
  spanLength: i32
  spare: i32

  static bytes(conversion: i32, base: i32, span: i32): i32 {
    const ranges = PriceRange.bytes(conversion) + PriceRange.bytes(base) + PriceRange.bytes(span)
    return <i32>offsetof<Ichimoku>() + ranges + 2 * Lag.bytes(base - 1)
  }

  @inline
  private get conversionRange(): PriceRange {
    return changetype<PriceRange>(changetype<usize>(this) + offsetof<Ichimoku>())
  }

  @inline
  private get baseRange(): PriceRange {
    return changetype<PriceRange>(changetype<usize>(this.conversionRange) + <usize>PriceRange.bytes(this.conversionLength))
  }

  @inline
  private get spanRange(): PriceRange {
    return changetype<PriceRange>(changetype<usize>(this.baseRange) + <usize>PriceRange.bytes(this.baseLength))
  }

  @inline
  private get earlierA(): Lag {
    return changetype<Lag>(changetype<usize>(this.spanRange) + <usize>PriceRange.bytes(this.spanLength))
  }

  @inline
  private get earlierB(): Lag {
    return changetype<Lag>(changetype<usize>(this.earlierA) + <usize>Lag.bytes(this.baseLength - 1))
  }

  start(conversion: i32 = 9, base: i32 = 26, span: i32 = 52, scale: f64 = 0): void {
    assert(base > 1, "the cloud is drawn at least one candle ahead")
    this.divisor = 2 * unitOf(scale)
    this.conversionLength = conversion
    this.baseLength = base
    this.spanLength = span
    this.conversionRange.start(conversion)
    this.baseRange.start(base)
    this.spanRange.start(span)
    this.earlierA.start(base - 1)
    this.earlierB.start(base - 1)
  }

  /** The conversion line; `base`, `spanA` and `spanB` are fields beside it. */
  next(high: f64, low: f64): f64 {
    const conversion = this.conversionRange.both(high, low)
    const base = this.baseRange.both(high, low)
    this.base = base / this.divisor
    this.spanA = this.earlierA.before(conversion + base) / (2 * this.divisor)
    this.spanB = this.earlierB.before(this.spanRange.both(high, low)) / this.divisor
    return conversion / this.divisor
  }
}
