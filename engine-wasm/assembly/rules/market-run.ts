// One market's program at work: its candles, its clocks, its registers. Everything here is scratch, laid out anew by
// `prepare`; the parts that must survive a restart (operator state, forming candles) are in the run's state region.
import { HAS_CODE } from "../has-code"
import { expectFractions } from "../indicators/ticks"
import { allocate } from "../memory"
import { BLOCK, COLUMN_BYTES, get } from "../column"
import { amountRun, constantStart, coreRun, lagBytes, lagRun, ratioRun, ticksRun } from "../operators/core"
import { mathsRun } from "../operators/maths"
import { Op } from "../operators/opcode"
import { forecastBytes, forecastRun } from "../forecast/forecast"
import { operatorBytes, operatorRun, operatorStart } from "../operators/dispatch.gen"
import { alignBytes, alignRun } from "./align"
import { aggregate, Clock, formingBytes, showBase } from "./clock"
import { CandleColumn, InstructionWord, ProgramWord } from "./program-word"

const CORE_OPERATORS_END: i32 = 40
const MATHS_OPERATORS_END: i32 = 60
const NUMBERS_OF_AN_INPUT: i32 = 3
const MOST_SOURCES: usize = 16

@unmanaged
export class MarketRun {
  program: usize
  baseMs: f64
  /** Base candles in memory, how many are done, and how many this block has. */
  candleCount: i32
  cursor: i32
  count: i32
  /** u32 address of each base column: CandleColumn order without index and closesAt, which are computed. */
  baseColumns: usize
  /** Clock 0 is always the base itself; the program's clocks follow. */
  clocks: usize
  /** u32 address of each register's column in this block. */
  registers: usize
  sourceList: usize
  /** Operator states begin here, in the run's state region. */
  state: usize

  @inline word(n: i32): i32 {
    return load<i32>(this.program + ((<usize>n) << 2))
  }

  @inline numbers(index: i32): usize {
    return this.program + ((<usize>this.word(ProgramWord.numbersAt)) << 2) + ((<usize>index) << 3)
  }

  @inline base(): Clock {
    return changetype<Clock>(this.clocks)
  }

  /** The program's n-th clock. */
  @inline clock(n: i32): Clock {
    return changetype<Clock>(this.clocks + <usize>(n + 1) * offsetof<Clock>())
  }

  @inline strategyClock(): Clock {
    return this.clock(this.word(ProgramWord.strategyClock))
  }

  /** Column of a register in this block. */
  @inline register(n: i32): usize {
    return <usize>load<u32>(this.registers + ((<usize>n) << 2))
  }

  @inline instruction(n: i32): usize {
    return this.program + ((<usize>load<i32>(this.program + (<usize>(this.word(ProgramWord.instructionsAt) + n) << 2))) << 2)
  }

  @inline hasAggregates(): bool {
    for (let n = 0; n < this.word(ProgramWord.clockCount); n++) if (!this.clock(n).isBase) return true
    return false
  }
}

// @ts-ignore: decorator
@inline
function field(instruction: usize, n: i32): i32 {
  return load<i32>(instruction + ((<usize>n) << 2))
}

/** Bytes of state the market's clocks and operators need; assigns each instruction its place. */
export function marketStateBytes(run: MarketRun): i32 {
  let bytes = run.word(ProgramWord.clockCount) * formingBytes(columnCount(run))
  for (let n = 0; n < run.word(ProgramWord.instructionCount); n++) {
    const instruction = run.instruction(n)
    store<i32>(instruction + (InstructionWord.stateAt << 2), bytes)
    bytes += (bytesOf(field(instruction, InstructionWord.op), run.numbers(field(instruction, InstructionWord.numbersAt))) + 7) & ~7
  }
  return bytes
}

function bytesOf(op: i32, numbers: usize): i32 {
  if (op == Op.lag) return lagBytes(numbers)
  if (op == Op.align) return alignBytes()
  if (!HAS_CODE && op == Op.forecast) return forecastBytes(numbers)
  return HAS_CODE || op < MATHS_OPERATORS_END ? 0 : operatorBytes(op, numbers)
}

function columnCount(run: MarketRun): i32 {
  return CandleColumn.extras + run.word(ProgramWord.extraCount)
}

/** Lays out clocks and registers over the market's state. */
export function prepareMarket(run: MarketRun, state: usize): void {
  run.state = state
  const clockCount = run.word(ProgramWord.clockCount)
  run.clocks = allocate(<usize>(clockCount + 1) * offsetof<Clock>())
  prepareClock(run, run.base(), run.baseMs, 0)
  for (let n = 0; n < clockCount; n++) {
    const timeframeMs = load<f64>(run.numbers(run.word(ProgramWord.clocksAt) + n))
    prepareClock(run, run.clock(n), timeframeMs, state + <usize>(n * formingBytes(columnCount(run))))
  }
  prepareRegisters(run)
}

function prepareClock(run: MarketRun, clock: Clock, timeframeMs: f64, forming: usize): void {
  const count = columnCount(run)
  clock.timeframeMs = timeframeMs
  clock.isBase = i32(timeframeMs == run.baseMs)
  clock.columnCount = count
  clock.forming = forming
  clock.columns = allocate(<usize>count * 4)
  clock.own = allocate(<usize>count * COLUMN_BYTES)
  for (let n = 0; n < count; n++) clock.pointToOwn(n)
}

function prepareRegisters(run: MarketRun): void {
  const count = run.word(ProgramWord.registerCount)
  run.registers = allocate(<usize>count * 4)
  run.sourceList = allocate(MOST_SOURCES * 4)
  const columns = allocate(<usize>count * COLUMN_BYTES)
  for (let n = 0; n < count; n++) store<u32>(run.registers + ((<usize>n) << 2), <u32>(columns + <usize>n * COLUMN_BYTES))
  for (let n = 0; n < run.word(ProgramWord.instructionCount); n++) {
    const instruction = run.instruction(n)
    if (field(instruction, InstructionWord.op) != Op.constant) continue
    constantStart(run.register(field(instruction, InstructionWord.destination)), BLOCK,
      run.numbers(field(instruction, InstructionWord.numbersAt)))
  }
}

/** Starts every operator's state; a restored state must not start again. */
export function startOperators(run: MarketRun): void {
  if (HAS_CODE) return
  for (let n = 0; n < run.word(ProgramWord.instructionCount); n++) {
    const instruction = run.instruction(n)
    const op = field(instruction, InstructionWord.op)
    if (op < MATHS_OPERATORS_END) continue
    operatorStart(op, stateOf(run, instruction), run.numbers(field(instruction, InstructionWord.numbersAt)))
  }
}

// @ts-ignore: decorator
@inline
function stateOf(run: MarketRun, instruction: usize): usize {
  return run.state + <usize>field(instruction, InstructionWord.stateAt)
}

/** Takes the next `count` base candles: closes candles on every clock, then runs the program over them. */
export function runBlock(run: MarketRun, count: i32, nowMs: f64): void {
  const nextMs = nextOpenMs(run, count)
  run.count = count
  showBaseCandles(run, count, nextMs)
  for (let n = 0; n < run.word(ProgramWord.clockCount); n++) {
    const clock = run.clock(n)
    if (clock.isBase) mirrorBase(run, clock)
    else aggregate(clock, run.base(), count, run.baseMs, nextMs, nowMs)
  }
  pointInputs(run)
  if (HAS_CODE) return
  expectFractions(false)
  for (let n = 0; n < run.word(ProgramWord.instructionCount); n++) runInstruction(run, run.instruction(n))
}

/** Base columns are read in place; index and closing time go into the clock's own columns. */
function showBaseCandles(run: MarketRun, count: i32, nextMs: f64): void {
  const base = run.base()
  for (let n = 0; n < base.columnCount; n++) {
    if (n == CandleColumn.index || n == CandleColumn.closesAt) continue
    base.point(n, <usize>load<u32>(run.baseColumns + ((<usize>n) << 2)) + ((<usize>run.cursor) << 3))
  }
  showBase(base, count, run.baseMs, nextMs, wantsBaseIndex(run))
}

/** When the base candle after this block opens; Infinity when none is in memory. */
function nextOpenMs(run: MarketRun, count: i32): f64 {
  const next = run.cursor + count
  return next < run.candleCount ? get(<usize>load<u32>(run.baseColumns + (CandleColumn.time << 2)), next) : Infinity
}

function wantsBaseIndex(run: MarketRun): bool {
  const inputsAt = run.word(ProgramWord.inputsAt)
  for (let n = 0; n < run.word(ProgramWord.inputCount); n++) {
    if (run.word(inputsAt + n * NUMBERS_OF_AN_INPUT + 2) == CandleColumn.index) return true
  }
  return false
}

function mirrorBase(run: MarketRun, clock: Clock): void {
  const base = run.base()
  for (let n = 0; n < base.columnCount; n++) clock.point(n, base.column(n))
  clock.count = base.count
}

function pointInputs(run: MarketRun): void {
  const inputsAt = run.word(ProgramWord.inputsAt)
  for (let n = 0; n < run.word(ProgramWord.inputCount); n++) {
    const at = inputsAt + n * NUMBERS_OF_AN_INPUT
    const column = run.clock(run.word(at + 1)).column(run.word(at + 2))
    store<u32>(run.registers + ((<usize>run.word(at)) << 2), <u32>column)
  }
}

function runInstruction(run: MarketRun, instruction: usize): void {
  const op = field(instruction, InstructionWord.op)
  const count = run.clock(field(instruction, InstructionWord.clock)).count
  if (count == 0 || op == Op.constant) return
  const destination = run.register(field(instruction, InstructionWord.destination))
  const sources = sourcesOf(run, instruction)
  if (op == Op.lag)
    lagRun(count, destination, <usize>load<u32>(sources), stateOf(run, instruction),
      <i32>get(run.numbers(field(instruction, InstructionWord.numbersAt)), 0))
  else if (op == Op.ticks) {
    if (!ticksRun(count, destination, <usize>load<u32>(sources), firstNumber(run, instruction))) expectFractions(true)
  }
  else if (op == Op.amount) amountRun(count, destination, sources, firstNumber(run, instruction))
  else if (op == Op.ratio) ratioRun(count, destination, sources, firstNumber(run, instruction))
  else if (op == Op.align) runAlign(run, instruction, count, destination, <usize>load<u32>(sources))
  else if (op == Op.forecast)
    forecastRun(count, destination, sources, stateOf(run, instruction),
      run.numbers(field(instruction, InstructionWord.numbersAt)))
  else if (op < CORE_OPERATORS_END) coreRun(op, count, destination, sources)
  else if (op < MATHS_OPERATORS_END) mathsRun(op, count, destination, sources)
  else operatorRun(op, count, destination, sources, stateOf(run, instruction))
}

function firstNumber(run: MarketRun, instruction: usize): f64 {
  return get(run.numbers(field(instruction, InstructionWord.numbersAt)), 0)
}

function runAlign(run: MarketRun, instruction: usize, count: i32, destination: usize, values: usize): void {
  const from = run.clock(<i32>get(run.numbers(field(instruction, InstructionWord.numbersAt)), 0))
  const closesAt = run.clock(field(instruction, InstructionWord.clock)).column(CandleColumn.closesAt)
  alignRun(count, destination, closesAt, from.count, from.column(CandleColumn.closesAt), values, stateOf(run, instruction))
}

function sourcesOf(run: MarketRun, instruction: usize): usize {
  const count = field(instruction, InstructionWord.sourceCount)
  for (let n = 0; n < count; n++) {
    store<u32>(run.sourceList + ((<usize>n) << 2), <u32>run.register(field(instruction, InstructionWord.sources + n)))
  }
  return run.sourceList
}
