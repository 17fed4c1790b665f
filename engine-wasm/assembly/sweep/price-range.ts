// The highest and lowest of any stretch of a block in two looks: maxima over 1, 2, 4, 8 … candles from each candle on
// (sparse table; Bender & Farach-Colton, The LCA Problem Revisited, 2000).
import { COLUMN_BYTES, get } from "../column"

/** For blocks of 1024. */
const LEVELS: i32 = 11
/** Bytes of a table. */
export const RANGE_BYTES: usize = <usize>LEVELS * COLUMN_BYTES + 16

/** Makes the table of highest values over a block. */
export function highestTable(count: i32, column: usize, highest: usize): void {
  memory.copy(highest, column, (<usize>count) << 3)
  for (let level = 1; 1 << level <= count; level++) {
    const half: usize = (<usize>1 << (level - 1)) << 3
    const from = highest + <usize>(level - 1) * COLUMN_BYTES
    const to = from + COLUMN_BYTES
    for (let at: usize = 0, end = <usize>(count - (1 << level) + 1) << 3; at < end; at += 16)
      v128.store(to + at, f64x2.pmax(v128.load(from + at), v128.load(from + at + half)))
  }
}

/** Makes the table of lowest values over a block. */
export function lowestTable(count: i32, column: usize, lowest: usize): void {
  memory.copy(lowest, column, (<usize>count) << 3)
  for (let level = 1; 1 << level <= count; level++) {
    const half: usize = (<usize>1 << (level - 1)) << 3
    const from = lowest + <usize>(level - 1) * COLUMN_BYTES
    const to = from + COLUMN_BYTES
    for (let at: usize = 0, end = <usize>(count - (1 << level) + 1) << 3; at < end; at += 16)
      v128.store(to + at, f64x2.pmin(v128.load(from + at), v128.load(from + at + half)))
  }
}

/** Highest value of candles [from, to). */
// @ts-ignore: decorator
@inline
export function highestIn(highest: usize, from: i32, to: i32): f64 {
  const level = 31 - clz(to - from)
  const row = highest + <usize>level * COLUMN_BYTES
  return larger(get(row, from), get(row, to - (1 << level)))
}

/** Lowest value of candles [from, to). */
// @ts-ignore: decorator
@inline
export function lowestIn(lowest: usize, from: i32, to: i32): f64 {
  const level = 31 - clz(to - from)
  const row = lowest + <usize>level * COLUMN_BYTES
  return smaller(get(row, from), get(row, to - (1 << level)))
}

/** The highest or lowest value of the 2^level candles from `from` on. */
// @ts-ignore: decorator
@inline
export function rangeOf(table: usize, from: i32, level: i32): f64 {
  return get(table + <usize>level * COLUMN_BYTES, from)
}

/** The larger of two, `b` where `a` is unknown; max<f64> would also look after signed zeros. */
// @ts-ignore: decorator
@inline
export function larger(a: f64, b: f64): f64 {
  return select<f64>(a, b, a > b)
}

/** The smaller of two. */
// @ts-ignore: decorator
@inline
export function smaller(a: f64, b: f64): f64 {
  return select<f64>(a, b, a < b)
}

