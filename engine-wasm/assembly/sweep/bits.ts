// Answers over a block as bits: one for each candle, 64 to a word. Bits behind the block's last candle mean nothing.
import { BLOCK } from "../operators/column"

/** Bytes of one answer over a block. */
export const BITS_BYTES: usize = BLOCK >> 3

/** Where a > b and where a < b, sixteen candles at a time; neither where one of them is not known. */
export function compareColumns(count: i32, a: usize, b: usize, greater: usize, less: usize): void {
  for (let at: usize = 0, end = (<usize>count + 15) >> 4; at < end; at++) {
    const x = a + (at << 7)
    const y = b + (at << 7)
    store<u16>(greater + (at << 1), <u16>i8x16.bitmask(i8x16.narrow_i16x8_s(greaterOf(x, y), greaterOf(x + 64, y + 64))))
    store<u16>(less + (at << 1), <u16>i8x16.bitmask(i8x16.narrow_i16x8_s(greaterOf(y, x), greaterOf(y + 64, x + 64))))
  }
}

/** Whether a > b, for eight candles in eight lanes. */
// @ts-ignore: decorator
@inline
function greaterOf(a: usize, b: usize): v128 {
  const first = v128.shuffle<i32>(f64x2.gt(v128.load(a), v128.load(b)), f64x2.gt(v128.load(a, 16), v128.load(b, 16)), 0, 2, 4, 6)
  const second = v128.shuffle<i32>(f64x2.gt(v128.load(a, 32), v128.load(b, 32)), f64x2.gt(v128.load(a, 48), v128.load(b, 48)), 0, 2, 4, 6)
  return i16x8.narrow_i32x4_s(first, second)
}

/** Where a column's value is known. */
export function knownColumn(count: i32, column: usize, known: usize): void {
  for (let at: usize = 0, end = (<usize>count + 15) >> 4; at < end; at++) {
    const x = column + (at << 7)
    store<u16>(known + (at << 1), <u16>i8x16.bitmask(i8x16.narrow_i16x8_s(knownOf(x), knownOf(x + 64))))
  }
}

// @ts-ignore: decorator
@inline
function knownOf(x: usize): v128 {
  const first = v128.shuffle<i32>(itself(x), itself(x + 16), 0, 2, 4, 6)
  const second = v128.shuffle<i32>(itself(x + 32), itself(x + 48), 0, 2, 4, 6)
  return i16x8.narrow_i32x4_s(first, second)
}

// @ts-ignore: decorator
@inline
function itself(x: usize): v128 {
  const value = v128.load(x)
  return f64x2.eq(value, value)
}

/** The bit of candle i: 0 or 1. */
// @ts-ignore: decorator
@inline
export function bitAt(bits: usize, i: i32): u64 {
  return (load<u64>(bits + ((<usize>i >> 6) << 3)) >> (<u64>i & 63)) & 1
}

/** The first candle from `from` on whose bit is set, or `count`. */
export function nextBit(bits: usize, from: i32, count: i32): i32 {
  let word = from >> 6
  let found = load<u64>(bits + ((<usize>word) << 3)) & (~(<u64>0) << (<u64>from & 63))
  while (found == 0) {
    word += 1
    if (word << 6 >= count) return count
    found = load<u64>(bits + ((<usize>word) << 3))
  }
  return min(count, (word << 6) + <i32>ctz(found))
}
