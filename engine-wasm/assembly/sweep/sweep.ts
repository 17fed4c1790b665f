// A sweep: many combinations of a strategy's params over one market at once. The program of market 0 computes all
// their inputs once a block; each combination's conditions are bits over that block, and only candles with signals
// are visited.
import { allocate } from "../memory"
import { computeBlock } from "../run/blocks"
import { Ledger } from "../run/ledger"
import { MarketRun } from "../rules/market-run"
import { BITS_BYTES } from "./bits"
import { finishCombination, goThrough, Signals, startCombination } from "./combination"
import { CONDITION_BYTES, evaluate } from "./condition"
import { newSweepBlock, lookAt, SweepBlock } from "./sweep-block"
import { CombinationField, CombinationWord, ConditionWord } from "./sweep-word"

const CONDITION_WORDS: usize = ConditionWord.length << 2
const COMBINATION_WORDS: usize = CombinationWord.length << 2
const ROW_BYTES: usize = CombinationField.length << 3

let combinations: usize = 0
let combinationCount: i32 = 0
let conditions: usize = 0
let sharedConditions: i32 = 0
let rows: usize = 0
let bits: usize = 0
let carries: usize = 0
let block: SweepBlock = changetype<SweepBlock>(0)
let signals: Signals = changetype<Signals>(0)

/**
 * Begins a sweep over a started run. `conditionWords` are rows of ConditionWord, the shared ones first;
 * `combinationWords` rows of CombinationWord. Returns the address of the combinations' rows (CombinationField).
 */
export function startSweep(conditionWords: usize, shared: i32, places: i32, carryCount: i32,
  combinationWords: usize, count: i32, hasShorts: bool): usize {
  conditions = conditionWords
  sharedConditions = shared
  combinations = combinationWords
  combinationCount = count
  bits = allocate(<usize>places * CONDITION_BYTES)
  carries = allocate(<usize>carryCount << 2)
  rows = allocate(<usize>count * ROW_BYTES)
  for (let n = 0; n < count; n++) startCombination(rows + <usize>n * ROW_BYTES)
  block = newSweepBlock(hasShorts)
  signals = changetype<Signals>(allocate(offsetof<Signals>()))
  signals.anyEntry = allocate(BITS_BYTES)
  signals.longEntry = allocate(BITS_BYTES)
  signals.longExit = allocate(BITS_BYTES)
  signals.shortExit = allocate(BITS_BYTES)
  return rows
}

/**
 * Runs every combination over at most `mostBlocks` blocks, no further than `untilMs`. Returns how many base candles
 * it did.
 */
export function advanceSweep(ledger: Ledger, mostBlocks: i32, untilMs: f64): i32 {
  let done = 0
  for (let n = 0; n < mostBlocks; n++) {
    const count = computeBlock(ledger, untilMs)
    if (count == 0) break
    done += count
    takeBlock(ledger.run(0))
  }
  return done
}

/**
 * After the last block: `tailOpen` and `tailHigh` of the unfinished strategy candle (NaN: none), and the last close
 * of all.
 */
export function finishSweep(tailOpen: f64, tailHigh: f64, lastClose: f64): void {
  for (let n = 0; n < combinationCount; n++) finishCombination(rows + <usize>n * ROW_BYTES, tailOpen, tailHigh, lastClose)
}

/** How many equity samples there were, and when the first and the last of them opened. */
export function sweptSamples(): f64 {
  return block.sampleCount
}

export function sweptFromMs(): f64 {
  return block.firstMs
}

export function sweptToMs(): f64 {
  return block.lastMs
}

function takeBlock(run: MarketRun): void {
  const count = run.strategyClock().count
  if (count == 0) return
  lookAt(block, run)
  for (let n = 0; n < sharedConditions; n++) evaluate(run, count, conditions + <usize>n * CONDITION_WORDS, bits, carries)
  for (let n = 0; n < combinationCount; n++)
    takeCombination(run, count, combinations + <usize>n * COMBINATION_WORDS, rows + <usize>n * ROW_BYTES)
}

function takeCombination(run: MarketRun, count: i32, words: usize, row: usize): void {
  const first = load<i32>(words + (CombinationWord.firstCondition << 2))
  const own = load<i32>(words + (CombinationWord.conditionCount << 2))
  for (let n = first; n < first + own; n++) evaluate(run, count, conditions + <usize>n * CONDITION_WORDS, bits, carries)
  if (block.first == block.count) return
  joinSignals(words)
  goThrough(row, block, signals)
}

/** Effective entries: the same side's exit is not met, and the other side's entry neither. */
function joinSignals(words: usize): void {
  for (let at: usize = 0; at < BITS_BYTES; at += 16) {
    const exitLong = signal(words, CombinationWord.exitLong, at)
    const exitShort = signal(words, CombinationWord.exitShort, at)
    const long = v128.andnot(signal(words, CombinationWord.enterLong, at), exitLong)
    const short = v128.andnot(signal(words, CombinationWord.enterShort, at), exitShort)
    v128.store(signals.longExit + at, exitLong)
    v128.store(signals.shortExit + at, exitShort)
    v128.store(signals.longEntry + at, long)
    v128.store(signals.anyEntry + at, v128.xor(long, short))
  }
}

// @ts-ignore: decorator
@inline
function signal(words: usize, n: i32, at: usize): v128 {
  const place = load<i32>(words + ((<usize>n) << 2))
  return place < 0 ? i64x2.splat(0) : v128.load(bits + <usize>place * CONDITION_BYTES + at)
}
