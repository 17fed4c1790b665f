// The highest and lowest of any stretch of a block in two looks: maxima over 1, 2, 4, 8 … candles from each candle on
// (sparse table; Bender & Farach-Colton, The LCA Problem Revisited, 2000).
import { COLUMN_BYTES, get, set } from "../column"

/** For blocks of 1024. */
const LEVELS: i32 = 11
/** Bytes of a table. */
export const RANGE_BYTES: usize = <usize>LEVELS * COLUMN_BYTES

/** Makes the tables of highest and lowest values over a block. */
export function rangeOf(count: i32, column: usize, highest: usize, lowest: usize): void {
  memory.copy(highest, column, (<usize>count) << 3)
  memory.copy(lowest, column, (<usize>count) << 3)
  for (let level = 1; 1 << level <= count; level++) {
    const half = 1 << (level - 1)
    const from = <usize>(level - 1) * COLUMN_BYTES
    const to = <usize>level * COLUMN_BYTES
    for (let i = 0, end = count - (1 << level); i <= end; i++) {
      set(highest + to, i, larger(get(highest + from, i), get(highest + from, i + half)))
      set(lowest + to, i, smaller(get(lowest + from, i), get(lowest + from, i + half)))
    }
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

// Written out: max<f64> and min<f64> also look after NaN and signed zeros, which prices never are.
// @ts-ignore: decorator
@inline
function larger(a: f64, b: f64): f64 {
  return select<f64>(a, b, a > b)
}

// @ts-ignore: decorator
@inline
function smaller(a: f64, b: f64): f64 {
  return select<f64>(a, b, a < b)
}

