// Columns that are compared with each other as whole numbers of 16 bits: a block's values from the lowest to the
// highest of the group become -32768 to 32767 by one map that only rises. What is greater there is greater; only where
// two are equal the columns themselves are asked. What is unknown becomes any number.
import { mark } from "../mark"
import { Mark } from "../path-mark"
import { BLOCK, get } from "../column"
import { MarketRun } from "../rules/market-run"
import { compareColumns } from "./bits"
import { larger, smaller } from "./price-range"

const VALUES_BYTES: usize = <usize>BLOCK << 1
/** Bytes of a coarse column: its values, and whether it has any in this block. */
export const COARSE_BYTES: usize = VALUES_BYTES + 16

const LEAST: f64 = -32_768
const MOST: f64 = 32_767
/** With more equal pairs than this in a block, the columns themselves are compared. */
const MOST_EQUAL: i32 = 128

/**
 * Makes the coarse columns of a block, one after another. `groups`: how many there are, then of each how many columns it
 * has, and their registers.
 */
export function makeCoarse(run: MarketRun, count: i32, groups: usize, coarse: usize): void {
  let at = groups + 4
  for (let n = load<i32>(groups); n > 0; n--) {
    const columns = load<i32>(at)
    makeGroup(run, count, columns, at + 4, coarse)
    coarse += <usize>columns * COARSE_BYTES
    at += (<usize>(columns + 1)) << 2
  }
}

let lowest: f64 = 0
let highest: f64 = 0

function makeGroup(run: MarketRun, count: i32, columns: i32, registers: usize, coarse: usize): void {
  lowest = Infinity
  highest = -Infinity
  for (let n = 0; n < columns; n++) lookThrough(count, columnOf(run, registers, n))
  const scale = (MOST - LEAST) / (highest - lowest)
  const isSpread = scale > 0 && scale < Infinity
  for (let n = 0; n < columns; n++) {
    const to = coarse + <usize>n * COARSE_BYTES
    store<i32>(to + VALUES_BYTES, i32(isSpread))
    if (isSpread) squeeze(count, columnOf(run, registers, n), to, lowest, scale)
  }
}

// @ts-ignore: decorator
@inline
function columnOf(run: MarketRun, registers: usize, n: i32): usize {
  return run.register(load<i32>(registers + ((<usize>n) << 2)))
}

// @ts-ignore: decorator
@inline
function isUsable(coarse: usize): bool {
  return load<i32>(coarse + VALUES_BYTES) != 0
}

/** Widens the group's range by the column's known values. */
function lookThrough(count: i32, column: usize): void {
  let low = f64x2.splat(lowest)
  let high = f64x2.splat(highest)
  for (let at = column, end = column + ((<usize>count & ~1) << 3); at < end; at += 16) {
    const values = v128.load(at)
    low = f64x2.pmin(low, values)
    high = f64x2.pmax(high, values)
  }
  const last = get(column, count - 1)
  lowest = smaller(last, smaller(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)))
  highest = larger(last, larger(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)))
}

/** Writes the column's values, eight at a time. */
function squeeze(count: i32, column: usize, to: usize, low: f64, scale: f64): void {
  const lows = f64x2.splat(low)
  const scales = f64x2.splat(scale)
  for (let at: usize = 0, end = ((<usize>count + 7) & ~7) << 1; at < end; at += 16) {
    const from = column + (at << 2)
    const first = fourOf(v128.load(from), v128.load(from, 16), lows, scales)
    const second = fourOf(v128.load(from, 32), v128.load(from, 48), lows, scales)
    v128.store(to + at, i16x8.narrow_i32x4_s(first, second))
  }
}

// @ts-ignore: decorator
@inline
function fourOf(a: v128, b: v128, lows: v128, scales: v128): v128 {
  return v128.shuffle<i32>(twoOf(a, lows, scales), twoOf(b, lows, scales), 0, 1, 4, 5)
}

// @ts-ignore: decorator
@inline
function twoOf(values: v128, lows: v128, scales: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.add(f64x2.mul(f64x2.sub(values, lows), scales), f64x2.splat(LEAST)))
}

/** Where a > b and where a < b, by their coarse columns where the block has them; anything where one is unknown. */
export function compareCoarse(count: i32, a: usize, b: usize, coarseA: usize, coarseB: usize, greater: usize, less: usize): void {
  if (!isUsable(coarseA)) return compareColumns(count, a, b, greater, less)
  let left = MOST_EQUAL
  for (let at: usize = 0, end = (<usize>count + 15) >> 4; at < end; at++) {
    const x = coarseA + (at << 5)
    const y = coarseB + (at << 5)
    const a0 = v128.load(x), a1 = v128.load(x, 16)
    const b0 = v128.load(y), b1 = v128.load(y, 16)
    const above = i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.gt_s(a0, b0), i16x8.gt_s(a1, b1)))
    const equal = i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.eq(a0, b0), i16x8.eq(a1, b1)))
    store<u16>(greater + (at << 1), <u16>above)
    store<u16>(less + (at << 1), <u16>~(above | equal))
    if (equal == 0) continue
    mark(Mark.sweepEqual)
    left -= popcnt(equal)
    if (left < 0) return compareColumns(count, a, b, greater, less)
    settle(<u32>equal, a + (at << 7), b + (at << 7), greater + (at << 1), less + (at << 1))
  }
}

/** Asks the columns themselves about these of sixteen candles. */
function settle(equal: u32, a: usize, b: usize, greater: usize, less: usize): void {
  let above: u32 = 0
  let below: u32 = 0
  for (let rest = equal; rest != 0; rest &= rest - 1) {
    const i = ctz(rest)
    above |= u32(get(a, i) > get(b, i)) << i
    below |= u32(get(a, i) < get(b, i)) << i
  }
  store<u16>(greater, <u16>(load<u16>(greater) | above))
  store<u16>(less, <u16>(load<u16>(less) | below))
}
