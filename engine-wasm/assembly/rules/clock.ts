// A clock builds candles of one timeframe from the base candles. Its state is the forming candle.
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { BLOCK, COLUMN_BYTES, get, set } from "../column"
import { areOfOneLength, baseEndMs, candleEndMs, candleNumber, candleOpenMs, ownDateShiftMs } from "./calendar"
import { CandleColumn } from "./program-word"

/** A clock of a run: the places of its columns in this block. Scratch, not state. */
@unmanaged
export class Clock {
  timeframeMs: f64
  /** Candles closed in this block. */
  count: i32
  /** 1: its candles are the base candles themselves. */
  isBase: i32
  columnCount: i32
  /** u32 address of each column. */
  columns: usize
  /** The clock's own columns, one after another. */
  own: usize
  /** The forming candle, in the run's state. */
  forming: usize

  @inline column(n: i32): usize {
    return <usize>load<u32>(this.columns + ((<usize>n) << 2))
  }

  @inline point(n: i32, address: usize): void {
    store<u32>(this.columns + ((<usize>n) << 2), <u32>address)
  }

  @inline pointToOwn(n: i32): void {
    this.point(n, this.own + <usize>n * COLUMN_BYTES)
  }
}

/** Bytes of a forming candle: each column's value, and whether one is forming. */
export function formingBytes(columnCount: i32): i32 {
  return (columnCount + 1) * 8
}

/**
 * Uses base candles in place: only their closing times and clock numbers are computed. `nextMs` is when the candle
 * after them opens.
 */
export function showBase(clock: Clock, count: i32, baseMs: f64, nextMs: f64, wantsIndex: bool): void {
  const time = clock.column(CandleColumn.time)
  const closesAt = clock.column(CandleColumn.closesAt)
  const last = count - 1
  let i = areOfOneLength(baseMs) ? endPairs(closesAt, time, last, baseMs) : 0
  for (; i < last; i++) set(closesAt, i, baseEndMs(get(time, i), get(time, i + 1), baseMs))
  if (last >= 0) set(closesAt, last, baseEndMs(get(time, last), nextMs, baseMs))
  if (wantsIndex) numberCandles(clock, count)
  clock.count = count
}

/** Pairs of candles of one length each: they end where the next begins, or by themselves. Returns how many it did. */
function endPairs(closesAt: usize, time: usize, count: i32, baseMs: f64): i32 {
  const length = f64x2.splat(baseMs)
  const pairs = max(count, 0) & ~1
  for (let at: usize = 0, end = (<usize>pairs) << 3; at < end; at += 16)
    v128.store(closesAt + at, f64x2.pmin(f64x2.add(v128.load(time + at), length), v128.load(time + at, 8)))
  return pairs
}

/** The candles' numbers on the clock. */
export function numberCandles(clock: Clock, count: i32): void {
  const time = clock.column(CandleColumn.time)
  const index = clock.column(CandleColumn.index)
  for (let i = 0; i < count; i++) set(index, i, candleNumber(get(time, i), clock.timeframeMs))
}

/**
 * Takes `count` base candles and closes complete ones. A candle closes when its end is reached: by its last base
 * candle, by a later one (the first after this block opens at `nextMs`), or by `nowMs`, the moment up to which this
 * block knows the world. It closes no earlier than its last base candle has ended.
 */
export function aggregate(clock: Clock, base: Clock, count: i32, baseMs: f64, nextMs: f64, nowMs: f64): void {
  const time = base.column(CandleColumn.time)
  const closesAt = base.column(CandleColumn.closesAt)
  const shiftMs = ownDateShiftMs(baseMs)
  clock.count = 0
  for (let i = 0; i < count; i++) {
    const openMs = candleOpenMs(get(time, i) + shiftMs, clock.timeframeMs)
    if (isForming(clock) && openMs != formingOpenMs(clock)) {
      mark(Mark.clockLater)
      close(clock, min(formingEndMs(clock), get(time, i)))
    }
    if (isForming(clock)) extend(clock, base, i)
    else begin(clock, base, i, openMs)
    if (get(closesAt, i) + shiftMs >= formingEndMs(clock)) {
      mark(Mark.clockFull)
      close(clock, get(closesAt, i))
    }
  }
  if (isForming(clock) && !isPartOf(clock, nextMs + shiftMs)) {
    const endMs = min(formingEndMs(clock), nextMs)
    if (endMs <= nowMs) {
      mark(Mark.clockByMoment)
      close(clock, endMs)
    }
  }
  numberCandles(clock, clock.count)
}

// @ts-ignore: decorator
@inline
export function isForming(clock: Clock): bool {
  return load<f64>(clock.forming + ((<usize>clock.columnCount) << 3)) != 0
}

// @ts-ignore: decorator
@inline
export function formingOpenMs(clock: Clock): f64 {
  return get(clock.forming, CandleColumn.time)
}

// @ts-ignore: decorator
@inline
function formingEndMs(clock: Clock): f64 {
  return candleEndMs(formingOpenMs(clock), clock.timeframeMs)
}

/** Whether a base candle that opens then (Infinity: unknown) belongs to the forming candle. */
function isPartOf(clock: Clock, timeMs: f64): bool {
  return timeMs != Infinity && candleOpenMs(timeMs, clock.timeframeMs) == formingOpenMs(clock)
}

function begin(clock: Clock, base: Clock, i: i32, openMs: f64): void {
  for (let n = 0; n < clock.columnCount; n++) {
    if (n != CandleColumn.index) set(clock.forming, n, get(base.column(n), i))
  }
  set(clock.forming, CandleColumn.time, openMs)
  set(clock.forming, clock.columnCount, 1)
}

function extend(clock: Clock, base: Clock, i: i32): void {
  const forming = clock.forming
  set(forming, CandleColumn.high, max(get(forming, CandleColumn.high), get(base.column(CandleColumn.high), i)))
  set(forming, CandleColumn.low, min(get(forming, CandleColumn.low), get(base.column(CandleColumn.low), i)))
  set(forming, CandleColumn.close, get(base.column(CandleColumn.close), i))
  set(forming, CandleColumn.volume, get(forming, CandleColumn.volume) + get(base.column(CandleColumn.volume), i))
  set(forming, CandleColumn.closesAt, get(base.column(CandleColumn.closesAt), i))
  for (let n: i32 = CandleColumn.extras; n < clock.columnCount; n++) set(forming, n, get(base.column(n), i))
}

/** The forming candle's `closesAt` is when its last base candle ends. */
function close(clock: Clock, atMs: f64): void {
  assert(clock.count < BLOCK, "a block closes at most as many candles as it has")
  for (let n = 0; n < clock.columnCount; n++) set(clock.column(n), clock.count, get(clock.forming, n))
  set(clock.column(CandleColumn.closesAt), clock.count, max(atMs, get(clock.forming, CandleColumn.closesAt)))
  set(clock.forming, clock.columnCount, 0)
  clock.count += 1
}
