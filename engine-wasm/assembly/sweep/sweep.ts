// A sweep: many combinations of a strategy's params over one market at once. The program of market 0 computes all
// their inputs once a block; each combination's conditions are bits over that block, and only candles on which something
// may happen are visited.
import { Account, useSettings } from "../account/account"
import { MarketBook, marketBookBytes } from "../account/market-book"
import { allocate } from "../memory"
import { MarketRun } from "../rules/market-run"
import { ProgramWord } from "../rules/program-word"
import { computeBlock } from "../run/blocks"
import { Ledger } from "../run/ledger"
import { Combination, finishCombination, goThrough, Pass, startCombination } from "./combination"
import { COARSE_BYTES, makeCoarse } from "./coarse-columns"
import { CONDITION_BYTES, evaluate } from "./condition"
import { addSignalColumns, joinSignals, newSignals, SIGNALS } from "./signals"
import { newSweepBlock, lookAt } from "./sweep-block"
import { CombinationField, CombinationWord, ConditionWord } from "./sweep-word"

const CONDITION_WORDS: usize = ConditionWord.length << 2
const COMBINATION_WORDS: usize = CombinationWord.length << 2
const ROW_BYTES: usize = CombinationField.length << 3

let combinations: usize = 0
let combinationCount: i32 = 0
let combinationBytes: usize = 0
let conditions: usize = 0
let sharedConditions: i32 = 0
let programs: usize = 0
let states: usize = 0
let bits: usize = 0
let carries: usize = 0
let groups: usize = 0
let coarse: usize = 0
let at: Pass = changetype<Pass>(0)

/**
 * Begins a sweep over a started run. `conditionWords` are rows of ConditionWord, the shared ones first;
 * `combinationWords` rows of CombinationWord, which name their settings and programs behind `settings` and
 * `programWords`; `coarseGroups` says which columns are compared with each other (makeCoarse).
 * Returns the address of the combinations' rows (CombinationField).
 */
export function startSweep(ledger: Ledger, conditionWords: usize, shared: i32, places: i32, carryCount: i32,
  coarseGroups: usize, coarseCount: i32, combinationWords: usize, count: i32,
  settings: usize, programWords: usize, latchCount: i32): usize {
  conditions = conditionWords
  sharedConditions = shared
  combinations = combinationWords
  combinationCount = count
  programs = programWords
  bits = allocate(<usize>places * CONDITION_BYTES)
  carries = allocate(<usize>carryCount << 2)
  groups = coarseGroups
  coarse = allocate(<usize>coarseCount * COARSE_BYTES)
  startPass(ledger)
  return startCombinations(settings, <usize>marketBookBytes(latchCount, 0))
}

function startPass(ledger: Ledger): void {
  const registers = ledger.run(0).word(ProgramWord.registerCount)
  at = changetype<Pass>(allocate(offsetof<Pass>()))
  at.block = newSweepBlock()
  at.signals = newSignals(registers)
  at.run = changetype<MarketRun>(allocate(offsetof<MarketRun>()))
  at.run.registers = allocate(<usize>(registers + SIGNALS) << 2)
}

function startCombinations(settings: usize, bookBytes: usize): usize {
  const rows = allocate(<usize>combinationCount * ROW_BYTES)
  combinationBytes = (offsetof<Combination>() + 7 & ~7) + (offsetof<Account>() + 7 & ~7) + bookBytes
  states = allocate(<usize>combinationCount * combinationBytes)
  for (let n = 0; n < combinationCount; n++) {
    const one = combination(n)
    const account = changetype<usize>(one) + (offsetof<Combination>() + 7 & ~7)
    one.account = changetype<Account>(account)
    one.book = changetype<MarketBook>(account + (offsetof<Account>() + 7 & ~7))
    one.bookBytes = bookBytes
    one.settings = settings + <usize>word(n, CombinationWord.settingsAt)
    one.row = rows + <usize>n * ROW_BYTES
    startCombination(one)
  }
  return rows
}

// @ts-ignore: decorator
@inline
function combination(n: i32): Combination {
  return changetype<Combination>(states + <usize>n * combinationBytes)
}

// @ts-ignore: decorator
@inline
function word(n: i32, field: i32): i32 {
  return load<i32>(combinations + <usize>n * COMBINATION_WORDS + ((<usize>field) << 2))
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

/** After the last block: everything that is held is sold at the last close. */
export function finishSweep(): void {
  for (let n = 0; n < combinationCount; n++) finishCombination(combination(n))
}

/** How many equity samples there were, and when the first and the last of them opened. */
export function sweptSamples(): f64 {
  return at.block.sampleCount
}

export function sweptFromMs(): f64 {
  return at.block.firstMs
}

export function sweptToMs(): f64 {
  return at.block.lastMs
}

function takeBlock(run: MarketRun): void {
  const count = run.strategyClock().count
  useSettings(combination(0).settings)
  lookAt(at.block, run)
  showRun(run)
  if (count > 0) {
    makeCoarse(run, count, groups, coarse)
    evaluateAll(run, count, 0, sharedConditions)
  }
  for (let n = 0; n < combinationCount; n++) takeCombination(run, count, n)
}

/** The combinations' view of the run: the same candles and columns, and their signals' behind them. */
function showRun(run: MarketRun): void {
  const registers = at.run.registers
  const count = run.word(ProgramWord.registerCount)
  memory.copy(changetype<usize>(at.run), changetype<usize>(run), offsetof<MarketRun>())
  memory.copy(registers, run.registers, <usize>count << 2)
  at.run.registers = registers
  addSignalColumns(at.run, at.signals)
}

// @ts-ignore: decorator
@inline
function evaluateAll(run: MarketRun, count: i32, first: i32, many: i32): void {
  for (let n = first; n < first + many; n++) evaluate(run, count, conditions + <usize>n * CONDITION_WORDS, bits, carries, coarse)
}

function takeCombination(run: MarketRun, count: i32, n: i32): void {
  const first = word(n, CombinationWord.firstCondition)
  const own = word(n, CombinationWord.conditionCount)
  if (count > 0) {
    evaluateAll(run, count, first, own)
    joinSignals(at.signals, combinations + <usize>n * COMBINATION_WORDS, bits)
  }
  at.run.program = programs + <usize>word(n, CombinationWord.programAt)
  goThrough(combination(n), at)
}
