// A clock closes candles of one timeframe out of the base candles. Its state is the candle still forming.
import { BLOCK, COLUMN_BYTES, get, set } from "../operators/column"
import { CandleColumn } from "./program-word"

const WEEK_MS: f64 = 604_800_000
/** 1970-01-05: exchange weeks begin on Monday. */
const FIRST_MONDAY_MS: f64 = 345_600_000

/** Open time of the candle of this timeframe that holds the moment. */
export function candleOpenMs(timeMs: f64, timeframeMs: f64): f64 {
  const origin: f64 = timeframeMs == WEEK_MS ? FIRST_MONDAY_MS : 0
  return floor((timeMs - origin) / timeframeMs) * timeframeMs + origin
}

/** A clock of a run: where its columns are in this block. Scratch, not state. */
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

/** Base candles are shown as they lie in memory: only their closing times and clock numbers are made. */
export function showBase(clock: Clock, count: i32, baseMs: f64, wantsIndex: bool): void {
  const time = clock.column(CandleColumn.time)
  const closesAt = clock.column(CandleColumn.closesAt)
  for (let i = 0; i < count; i++) set(closesAt, i, get(time, i) + baseMs)
  if (wantsIndex) numberCandles(clock, count)
  clock.count = count
}

/** The candle's number on the clock: floor(open time / timeframe). */
export function numberCandles(clock: Clock, count: i32): void {
  const time = clock.column(CandleColumn.time)
  const index = clock.column(CandleColumn.index)
  for (let i = 0; i < count; i++) set(index, i, floor(get(time, i) / clock.timeframeMs))
}

/**
 * Takes `count` base candles and closes what is complete. A candle closes when its end is reached: by its last base
 * candle, by a
 * later one, or by `nowMs`, the moment up to which this block knows the world.
 */
export function aggregate(clock: Clock, base: Clock, count: i32, baseMs: f64, nowMs: f64): void {
  const time = base.column(CandleColumn.time)
  clock.count = 0
  for (let i = 0; i < count; i++) {
    const openMs = candleOpenMs(get(time, i), clock.timeframeMs)
    if (isForming(clock) && openMs != formingOpenMs(clock)) close(clock)
    if (isForming(clock)) extend(clock, base, i)
    else begin(clock, base, i, openMs)
    if (get(time, i) + baseMs >= openMs + clock.timeframeMs) close(clock)
  }
  if (isForming(clock) && formingOpenMs(clock) + clock.timeframeMs <= nowMs) close(clock)
  numberCandles(clock, clock.count)
}

// @ts-ignore: decorator
@inline
function isForming(clock: Clock): bool {
  return load<f64>(clock.forming + ((<usize>clock.columnCount) << 3)) != 0
}

// @ts-ignore: decorator
@inline
function formingOpenMs(clock: Clock): f64 {
  return get(clock.forming, CandleColumn.time)
}

function begin(clock: Clock, base: Clock, i: i32, openMs: f64): void {
  for (let n = 0; n < clock.columnCount; n++) {
    if (n != CandleColumn.index && n != CandleColumn.closesAt) set(clock.forming, n, get(base.column(n), i))
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
  for (let n: i32 = CandleColumn.extras; n < clock.columnCount; n++) set(forming, n, get(base.column(n), i))
}

function close(clock: Clock): void {
  assert(clock.count < BLOCK, "a block closes at most as many candles as it has")
  for (let n = 0; n < clock.columnCount; n++) set(clock.column(n), clock.count, get(clock.forming, n))
  set(clock.column(CandleColumn.closesAt), clock.count, formingOpenMs(clock) + clock.timeframeMs)
  set(clock.forming, clock.columnCount, 0)
  clock.count += 1
}
