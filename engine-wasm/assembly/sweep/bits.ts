// Answers over a block as bits: one for each candle, 64 to a word. Bits after the block's last candle mean nothing.
import { BLOCK } from "../column"

/** Bytes of one answer over a block. */
export const BITS_BYTES: usize = BLOCK >> 3

/** Where a > b and where a < b, sixteen candles at a time; neither where one of them is unknown. */
export function compareColumns(count: i32, a: usize, b: usize, greater: usize, less: usize): void {
  for (let at: usize = 0, end = (<usize>count + 15) >> 4; at < end; at++) {
    const x = a + (at << 7)
    const y = b + (at << 7)
    // Each pair of columns is loaded once for both questions.
    const a0 = v128.load(x), a1 = v128.load(x, 16), a2 = v128.load(x, 32), a3 = v128.load(x, 48)
    const b0 = v128.load(y), b1 = v128.load(y, 16), b2 = v128.load(y, 32), b3 = v128.load(y, 48)
    const firstGreater = eightOf(f64x2.gt(a0, b0), f64x2.gt(a1, b1), f64x2.gt(a2, b2), f64x2.gt(a3, b3))
    const firstLess = eightOf(f64x2.lt(a0, b0), f64x2.lt(a1, b1), f64x2.lt(a2, b2), f64x2.lt(a3, b3))
    const a4 = v128.load(x, 64), a5 = v128.load(x, 80), a6 = v128.load(x, 96), a7 = v128.load(x, 112)
    const b4 = v128.load(y, 64), b5 = v128.load(y, 80), b6 = v128.load(y, 96), b7 = v128.load(y, 112)
    const thenGreater = eightOf(f64x2.gt(a4, b4), f64x2.gt(a5, b5), f64x2.gt(a6, b6), f64x2.gt(a7, b7))
    const thenLess = eightOf(f64x2.lt(a4, b4), f64x2.lt(a5, b5), f64x2.lt(a6, b6), f64x2.lt(a7, b7))
    store<u16>(greater + (at << 1), <u16>i8x16.bitmask(i8x16.narrow_i16x8_s(firstGreater, thenGreater)))
    store<u16>(less + (at << 1), <u16>i8x16.bitmask(i8x16.narrow_i16x8_s(firstLess, thenLess)))
  }
}

/** Eight answers of 64 bits each, two by two, as eight of 16 bits. */
// @ts-ignore: decorator
@inline
function eightOf(a: v128, b: v128, c: v128, d: v128): v128 {
  return i16x8.narrow_i32x4_s(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(c, d, 0, 2, 4, 6))
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
  return eightOf(itself(x), itself(x + 16), itself(x + 32), itself(x + 48))
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
