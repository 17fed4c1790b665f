// Conditions and prices that depend on the position: a few stateless instructions over cells, run for one candle at a
// time.
import { allocate } from "../memory"
import { get, set } from "../column"
import { amountRun, coreRun, ratioRun } from "../operators/core"
import { mathsRun } from "../operators/maths"
import { Op } from "../operators/opcode"
import { MarketRun } from "./market-run"
import { PositionProgramWord } from "./program-word"

const CORE_OPERATORS_END: i32 = 40
const POSITION_CELLS: i32 = 3
/** Cells are 16 bytes apart: core operators write in pairs. */
const CELL_SHIFT: usize = 4
const MOST_CELLS: usize = 600
/** Words of one instruction: op, destination, index of its numbers, count of sources, then the sources. */
const INSTRUCTION_WORDS: i32 = 4
const MOST_SOURCES: i32 = 4

let cells: usize = 0
let sourceList: usize = 0

/** Lays out the cells; once a run. */
export function preparePositionPrograms(): void {
  cells = allocate(MOST_CELLS << CELL_SHIFT)
  sourceList = allocate(<usize>MOST_SOURCES * 4)
}

// @ts-ignore: decorator
@inline
function cell(n: i32): usize {
  return cells + ((<usize>n) << CELL_SHIFT)
}

/** Takes the values of the program's latched registers at candle i and keeps them in `latches`. */
export function latch(run: MarketRun, program: i32, i: i32, latches: usize): void {
  if (program < 0) return
  const at = run.word(program + PositionProgramWord.latchesAt)
  for (let n = 0; n < run.word(program + PositionProgramWord.latchedCount); n++) {
    set(latches, at + n, get(run.register(run.word(program + PositionProgramWord.latched + n)), i))
  }
}

/** The program's value for this position, with its latched values. */
export function positionValue(run: MarketRun, program: i32, latches: usize, profitPercent: f64, candles: f64, entryPrice: f64): f64 {
  store<f64>(cell(0), profitPercent)
  store<f64>(cell(1), candles)
  store<f64>(cell(2), entryPrice)
  const latchedCount = run.word(program + PositionProgramWord.latchedCount)
  const latchesAt = run.word(program + PositionProgramWord.latchesAt)
  for (let n = 0; n < latchedCount; n++) store<f64>(cell(POSITION_CELLS + n), get(latches, latchesAt + n))
  let at = program + PositionProgramWord.latched + latchedCount
  for (let n = 0; n < run.word(program + PositionProgramWord.instructionCount); n++) at = runAt(run, at)
  return load<f64>(cell(run.word(program + PositionProgramWord.result)))
}

/** Runs the instruction and returns the address of the next one. */
function runAt(run: MarketRun, at: i32): i32 {
  const op = run.word(at)
  const destination = cell(run.word(at + 1))
  const sourceCount = run.word(at + 3)
  for (let n = 0; n < sourceCount; n++) {
    store<u32>(sourceList + ((<usize>n) << 2), <u32>cell(run.word(at + INSTRUCTION_WORDS + n)))
  }
  if (op == Op.constant) store<f64>(destination, load<f64>(run.numbers(run.word(at + 2))))
  else if (op == Op.amount) amountRun(1, destination, sourceList, load<f64>(run.numbers(run.word(at + 2))))
  else if (op == Op.ratio) ratioRun(1, destination, sourceList, load<f64>(run.numbers(run.word(at + 2))))
  else if (op < CORE_OPERATORS_END) coreRun(op, 1, destination, sourceList)
  else mathsRun(op, 1, destination, sourceList)
  return at + INSTRUCTION_WORDS + sourceCount
}
