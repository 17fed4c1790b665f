// Arithmetic, comparison and logic over columns, two candles at a time. NaN means "not ready": a comparison with it
// is NaN, and logic is Kleene's: false and NaN is false, true or NaN is true, not NaN is NaN. Columns have room for
// one value past the block.
import { get, number, set, source } from "../column"
import { decimalPart, ratioOf, roomFor } from "../decimal"
import { Op } from "./opcode"

const ONE: v128 = f64x2.splat(1)
const ZERO: v128 = f64x2.splat(0)

/** Runs a stateless core operator. `constant`, `align` and `ticks` are the machine's own. */
export function coreRun(op: i32, count: i32, destination: usize, sources: usize): void {
  const a = source(sources, 0)
  const b = source(sources, 1)
  if (op == Op.select) return select3(count, destination, a, b, source(sources, 2))
  if (op == Op.remainder) return remainder(count, destination, a, b)
  for (let at: usize = 0, end = (<usize>count) << 3; at < end; at += 16) {
    v128.store(destination + at, coreOf(op, v128.load(a + at), v128.load(b + at)))
  }
}

// @ts-ignore: decorator
@inline
function coreOf(op: i32, a: v128, b: v128): v128 {
  switch (op) {
    case Op.add: return f64x2.add(a, b)
    case Op.subtract: return f64x2.sub(a, b)
    case Op.multiply: return f64x2.mul(a, b)
    case Op.divide: return f64x2.div(a, b)
    case Op.negate: return f64x2.neg(a)
    case Op.less: return truth(f64x2.lt(a, b), a, b)
    case Op.lessOrEqual: return truth(f64x2.le(a, b), a, b)
    case Op.greater: return truth(f64x2.gt(a, b), a, b)
    case Op.greaterOrEqual: return truth(f64x2.ge(a, b), a, b)
    case Op.equal: return truth(f64x2.eq(a, b), a, b)
    case Op.notEqual: return truth(f64x2.ne(a, b), a, b)
    case Op.and: return both(a, b)
    case Op.or: return either(a, b)
    case Op.not: return truth(f64x2.eq(a, ZERO), a, a)
    default: return unreachable()
  }
}

/** 1 or 0 by the mask; NaN where either side is. */
// @ts-ignore: decorator
@inline
function truth(mask: v128, a: v128, b: v128): v128 {
  const unordered = v128.or(f64x2.ne(a, a), f64x2.ne(b, b))
  return v128.or(v128.and(mask, ONE), unordered)
}

// @ts-ignore: decorator
@inline
function both(a: v128, b: v128): v128 {
  const oneIsFalse = v128.or(f64x2.eq(a, ZERO), f64x2.eq(b, ZERO))
  return v128.andnot(truth(v128.not(oneIsFalse), a, b), oneIsFalse)
}

// @ts-ignore: decorator
@inline
function either(a: v128, b: v128): v128 {
  const oneIsTrue = v128.or(isTrue(a), isTrue(b))
  return v128.bitselect(ONE, truth(ZERO, a, b), oneIsTrue)
}

// @ts-ignore: decorator
@inline
function isTrue(a: v128): v128 {
  return v128.and(f64x2.ne(a, ZERO), f64x2.eq(a, a))
}

function select3(count: i32, destination: usize, condition: usize, a: usize, b: usize): void {
  for (let i = 0; i < count; i++) {
    const c = get(condition, i)
    set(destination, i, c != c ? NaN : c != 0 ? get(a, i) : get(b, i))
  }
}

function remainder(count: i32, destination: usize, a: usize, b: usize): void {
  for (let i = 0; i < count; i++) set(destination, i, get(a, i) % get(b, i))
}

/** Fills a whole column once; a constant never changes. */
export function constantStart(column: usize, room: i32, numbers: usize): void {
  const value = number(numbers, 0)
  for (let i = 0; i < room; i++) set(column, i, value)
}

/**
 * A column in whole ticks, `scale` of which make one unit; what is no whole number of them stays a fraction. False
 * where there may be one.
 */
export function ticksRun(count: i32, destination: usize, column: usize, scale: f64): bool {
  const scales = f64x2.splat(scale)
  const near = f64x2.splat(NEAR_WHOLE)
  let fractions = i64x2.splat(0)
  for (let at: usize = 0, end = (<usize>count) << 3; at < end; at += 16) {
    const ticks = f64x2.mul(v128.load(column + at), scales)
    const whole = f64x2.nearest(ticks)
    const isFraction = f64x2.gt(f64x2.abs(f64x2.sub(ticks, whole)), f64x2.mul(f64x2.abs(ticks), near))
    fractions = v128.or(fractions, isFraction)
    v128.store(destination + at, v128.bitselect(ticks, whole, isFraction))
  }
  return !v128.any_true(fractions)
}

/** A value this near to a whole number of ticks, as a share of them, is one but for rounding. */
const NEAR_WHOLE: f64 = 2 ** -50

/** State of `x[n]`: how many candles came, then the last n values in a ring. */
export function lagBytes(numbers: usize): i32 {
  return 8 + (<i32>number(numbers, 0)) * 8
}

/** The value n candles ago; NaN before there are so many. */
export function lagRun(count: i32, destination: usize, column: usize, state: usize, length: i32): void {
  let seen = load<f64>(state)
  let slot = <i32>(seen % <f64>max(length, 1))
  for (let i = 0; i < count; i++) {
    const value = get(column, i)
    if (length == 0) { set(destination, i, value); continue }
    const place = state + 8 + ((<usize>slot) << 3)
    set(destination, i, seen < <f64>length ? NaN : load<f64>(place))
    store<f64>(place, value)
    slot = slot + 1 == length ? 0 : slot + 1
    seen += 1
  }
  store<f64>(state, seen)
}

/** A column of amounts, each made of those of two others beside it and whole in so many parts of a price's tick. */
export function amountRun(count: i32, destination: usize, sources: usize, parts: f64): void {
  const amounts = source(sources, 0)
  const a = source(sources, 1)
  const b = source(sources, 2)
  const room = roomFor(parts)
  for (let i = 0; i < count; i++) {
    const amount = get(amounts, i)
    set(destination, i, decimalPart(amount, max(abs(amount), max(abs(get(a, i)), abs(get(b, i)))), parts, room))
  }
}

/** A column of amounts over another one. */
export function ratioRun(count: i32, destination: usize, sources: usize, parts: f64): void {
  const room = roomFor(parts)
  for (let i = 0; i < count; i++) set(destination, i, ratioOf(get(source(sources, 0), i), get(source(sources, 1), i), parts, room))
}
