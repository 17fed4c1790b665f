// A combination's signals: bits over a block to jump by, and columns of 0 and 1 that the rules read at one candle.
import { allocate } from "../memory"
import { COLUMN_BYTES, set } from "../column"
import { MarketRun } from "../rules/market-run"
import { bitAt, BITS_BYTES } from "./bits"
import { CONDITION_BYTES } from "./condition"
import { CombinationWord } from "./sweep-word"

/** Entry and exit of each side. */
export const SIGNALS: i32 = 4

@unmanaged
export class Signals {
  /** Where an entry counts: its side's exit is not met, and the other side's entry neither. */
  anyEntry: usize
  longEntry: usize
  longExit: usize
  shortExit: usize
  longEnter: usize
  shortEnter: usize
  /** The four columns, one after another, and the number of the first among the run's registers. */
  columns: usize
  register: i32
}

export function newSignals(register: i32): Signals {
  const signals = changetype<Signals>(allocate(offsetof<Signals>()))
  signals.anyEntry = allocate(BITS_BYTES)
  signals.longEntry = allocate(BITS_BYTES)
  signals.longExit = allocate(BITS_BYTES)
  signals.shortExit = allocate(BITS_BYTES)
  signals.longEnter = allocate(BITS_BYTES)
  signals.shortEnter = allocate(BITS_BYTES)
  signals.columns = allocate(<usize>SIGNALS * COLUMN_BYTES)
  signals.register = register
  return signals
}

/** Adds the four columns to the run's registers. */
export function addSignalColumns(run: MarketRun, signals: Signals): void {
  for (let n = 0; n < SIGNALS; n++)
    store<u32>(run.registers + ((<usize>(signals.register + n)) << 2), <u32>(signals.columns + <usize>n * COLUMN_BYTES))
}

/** Takes a combination's signals from the bits of its conditions. A side that a strategy does not have stays zero. */
export function joinSignals(signals: Signals, words: usize, bits: usize): void {
  const hasLong = load<i32>(words + (CombinationWord.enterLong << 2)) >= 0
  const hasShort = load<i32>(words + (CombinationWord.enterShort << 2)) >= 0
  if (hasLong) joinLong(signals, words, bits)
  if (hasShort) joinShort(signals, words, bits, hasLong)
}

function joinLong(signals: Signals, words: usize, bits: usize): void {
  for (let at: usize = 0; at < BITS_BYTES; at += 16) {
    const enter = signal(words, CombinationWord.enterLong, bits, at)
    const exit = signal(words, CombinationWord.exitLong, bits, at)
    const entry = v128.andnot(enter, exit)
    v128.store(signals.longEnter + at, enter)
    v128.store(signals.longExit + at, exit)
    v128.store(signals.longEntry + at, entry)
    v128.store(signals.anyEntry + at, entry)
  }
}

function joinShort(signals: Signals, words: usize, bits: usize, hasLong: bool): void {
  for (let at: usize = 0; at < BITS_BYTES; at += 16) {
    const enter = signal(words, CombinationWord.enterShort, bits, at)
    const exit = signal(words, CombinationWord.exitShort, bits, at)
    const entry = v128.andnot(enter, exit)
    v128.store(signals.shortEnter + at, enter)
    v128.store(signals.shortExit + at, exit)
    v128.store(signals.anyEntry + at, hasLong ? v128.xor(entry, v128.load(signals.longEntry + at)) : entry)
  }
}

// @ts-ignore: decorator
@inline
function signal(words: usize, n: i32, bits: usize, at: usize): v128 {
  const place = load<i32>(words + ((<usize>n) << 2))
  return place < 0 ? i64x2.splat(0) : v128.load(bits + <usize>place * CONDITION_BYTES + at)
}

/** Writes strategy candle i of the four columns, as the program's registers have them. */
// @ts-ignore: decorator
@inline
export function showSignals(signals: Signals, i: i32): void {
  const columns = signals.columns
  set(columns, i, <f64>bitAt(signals.longEnter, i))
  set(columns + COLUMN_BYTES, i, <f64>bitAt(signals.longExit, i))
  set(columns + 2 * COLUMN_BYTES, i, <f64>bitAt(signals.shortEnter, i))
  set(columns + 3 * COLUMN_BYTES, i, <f64>bitAt(signals.shortExit, i))
}
