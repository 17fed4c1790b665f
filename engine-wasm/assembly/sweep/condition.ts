// Conditions over a block as bits. Every condition has two answers: where it is true and where it is false; neither
// where it is unknown (Kleene's logic, as in operators/core.ts). Shared conditions are evaluated once a block.
import { MarketRun } from "../rules/market-run"
import { bitAt, BITS_BYTES, compareColumns, knownColumn } from "./bits"
import { COARSE_BYTES, compareCoarse } from "./coarse-columns"
import { ConditionKind, ConditionWord } from "./sweep-word"

/** Bits of one condition: true and false; of two compared columns: greater, less, both known. */
export const CONDITION_BYTES: usize = BITS_BYTES * 3
const SECOND: usize = BITS_BYTES
const THIRD: usize = BITS_BYTES * 2

/**
 * Evaluates the condition at `words` over the run's block into its place among `bits`; `carries` keeps the last
 * candle for crossings; `coarse` has the coarse columns of the block.
 */
export function evaluate(run: MarketRun, count: i32, words: usize, bits: usize, carries: usize, coarse: usize): void {
  const kind = word(words, ConditionWord.kind)
  const to = place(bits, word(words, ConditionWord.place))
  const a = word(words, ConditionWord.a)
  const b = word(words, ConditionWord.b)
  if (kind == ConditionKind.known) return knownColumn(count, run.register(a), to)
  const x = place(bits, kind == ConditionKind.order ? word(words, ConditionWord.knownA) : a)
  const y = place(bits, kind == ConditionKind.order ? word(words, ConditionWord.knownB) : b)
  if (kind == ConditionKind.order) {
    order(run, count, words, to, coarse)
    keepKnown(to, x, y)
  }
  else if (kind >= ConditionKind.crossover) crossing(kind, count, to, x, carries + ((<usize>word(words, ConditionWord.carry)) << 2))
  else logic(kind, to, x, y)
}

// @ts-ignore: decorator
@inline
function word(words: usize, n: i32): i32 {
  return load<i32>(words + ((<usize>n) << 2))
}

// @ts-ignore: decorator
@inline
function place(bits: usize, n: i32): usize {
  return bits + <usize>n * CONDITION_BYTES
}

function order(run: MarketRun, count: i32, words: usize, to: usize, coarse: usize): void {
  const a = run.register(word(words, ConditionWord.a))
  const b = run.register(word(words, ConditionWord.b))
  const coarseA = word(words, ConditionWord.coarseA)
  const coarseB = word(words, ConditionWord.coarseB)
  if (coarseA < 0) compareColumns(count, a, b, to, to + SECOND)
  else compareCoarse(count, a, b, coarse + <usize>coarseA * COARSE_BYTES, coarse + <usize>coarseB * COARSE_BYTES, to, to + SECOND)
}

/** Where both columns are known; one is greater than the other there only. */
function keepKnown(to: usize, knownA: usize, knownB: usize): void {
  for (let at: usize = 0; at < BITS_BYTES; at += 16) {
    const known = v128.and(v128.load(knownA + at), v128.load(knownB + at))
    v128.store(to + at, v128.and(v128.load(to + at), known))
    v128.store(to + SECOND + at, v128.and(v128.load(to + SECOND + at), known))
    v128.store(to + THIRD + at, known)
  }
}

function logic(kind: i32, to: usize, x: usize, y: usize): void {
  for (let at: usize = 0; at < BITS_BYTES; at += 16) {
    v128.store(to + at, trueOf(kind, x + at, y + at))
    v128.store(to + SECOND + at, falseOf(kind, x + at, y + at))
  }
}

// @ts-ignore: decorator
@inline
function trueOf(kind: i32, x: usize, y: usize): v128 {
  switch (kind) {
    case ConditionKind.greater: return v128.load(x)
    case ConditionKind.less: return v128.load(x + SECOND)
    case ConditionKind.notGreater: return v128.andnot(v128.load(x + THIRD), v128.load(x))
    case ConditionKind.notLess: return v128.andnot(v128.load(x + THIRD), v128.load(x + SECOND))
    case ConditionKind.different: return v128.or(v128.load(x), v128.load(x + SECOND))
    case ConditionKind.equal: return v128.andnot(v128.load(x + THIRD), v128.or(v128.load(x), v128.load(x + SECOND)))
    case ConditionKind.and: return v128.and(v128.load(x), v128.load(y))
    case ConditionKind.or: return v128.or(v128.load(x), v128.load(y))
    case ConditionKind.not: return v128.load(x + SECOND)
    default: return unreachable()
  }
}

// @ts-ignore: decorator
@inline
function falseOf(kind: i32, x: usize, y: usize): v128 {
  switch (kind) {
    case ConditionKind.greater: return v128.andnot(v128.load(x + THIRD), v128.load(x))
    case ConditionKind.less: return v128.andnot(v128.load(x + THIRD), v128.load(x + SECOND))
    case ConditionKind.notGreater: return v128.load(x)
    case ConditionKind.notLess: return v128.load(x + SECOND)
    case ConditionKind.different: return v128.andnot(v128.load(x + THIRD), v128.or(v128.load(x), v128.load(x + SECOND)))
    case ConditionKind.equal: return v128.or(v128.load(x), v128.load(x + SECOND))
    case ConditionKind.and: return v128.or(v128.load(x + SECOND), v128.load(y + SECOND))
    case ConditionKind.or: return v128.and(v128.load(x + SECOND), v128.load(y + SECOND))
    case ConditionKind.not: return v128.load(x)
    default: return unreachable()
  }
}

const CARRIED_GREATER: u32 = 1
const CARRIED_LESS: u32 = 2
const CARRIED_KNOWN: u32 = 4

/** Where the order turns: was not above and is (crossover), was not below and is (crossunder), either (cross). */
function crossing(kind: i32, count: i32, to: usize, order: usize, carry: usize): void {
  const carried = load<u32>(carry)
  let wasGreater: u64 = carried & CARRIED_GREATER
  let wasLess: u64 = (carried & CARRIED_LESS) >> 1
  let wasKnown: u64 = (carried & CARRIED_KNOWN) >> 2
  for (let at: usize = 0, end = (<usize>count + 63) >> 6 << 3; at < end; at += 8) {
    const greater = load<u64>(order + at)
    const less = load<u64>(order + SECOND + at)
    const known = load<u64>(order + THIRD + at)
    const knownBefore = known << 1 | wasKnown
    const above = greater & knownBefore & ~(greater << 1 | wasGreater)
    const below = less & knownBefore & ~(less << 1 | wasLess)
    const turned = kind == ConditionKind.crossover ? above : kind == ConditionKind.crossunder ? below : above | below
    store<u64>(to + at, turned)
    store<u64>(to + SECOND + at, known & knownBefore & ~turned)
    wasGreater = greater >> 63
    wasLess = less >> 63
    wasKnown = known >> 63
  }
  const last = count - 1
  store<u32>(carry, <u32>(bitAt(order, last) | bitAt(order + SECOND, last) << 1 | bitAt(order + THIRD, last) << 2))
}
