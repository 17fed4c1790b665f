import { Op } from "../../../assembly/operators/opcode.ts"
import { CandleColumn, ProgramWord } from "../../../assembly/rules/program-word.ts"
import type { Instruction, PositionProgram, Program } from "../../strategy/compile/program.ts"

/** Columns of a clock by their names in a program; the file's extra columns follow in their order. */
const columnNumbers = {
  open: CandleColumn.open,
  high: CandleColumn.high,
  low: CandleColumn.low,
  close: CandleColumn.close,
  volume: CandleColumn.volume,
  time: CandleColumn.time,
  index: CandleColumn.index,
} as const

/**
 * A program in the engine's format: 32-bit words, with its numbers (f64) at the end. `extras` are the candles' extra
 * columns in order.
 */
export function encodeProgram(program: Program, extras: readonly string[]): Uint8Array {
  const writer = new ProgramWriter()
  const header = encodeParts(writer, program, extras)
  return writer.finish(header)
}

/** How many values a program's parts that follow the position keep from the deciding candle. */
export function latchCountOf({ positionPrograms: { exitLong, exitShort, stop, targets } }: Program): number {
  return [exitLong, exitShort, stop, ...targets].reduce((sum, part) => sum + (part?.latched.length ?? 0), 0)
}

type Header = Map<ProgramWord, number>

function encodeParts(writer: ProgramWriter, program: Program, extras: readonly string[]): Header {
  const header: Header = new Map()
  const latches = new Latches()
  header.set(ProgramWord.registerCount, program.registerCount)
  header.set(ProgramWord.clockCount, program.clocks.length)
  header.set(ProgramWord.clocksAt, writer.numbers(program.clocks.map((clock) => clock.timeframeMs)))
  header.set(ProgramWord.strategyClock, program.strategyClock)
  header.set(ProgramWord.extraCount, extras.length)
  encodeInputs(writer, header, program, extras)
  encodeInstructions(writer, header, program)
  encodeSignals(header, program)
  encodePositionPrograms(writer, header, program, latches)
  encodeTags(writer, header, program)
  header.set(ProgramWord.awaitedCount, program.awaited.length)
  header.set(ProgramWord.awaitedAt, writer.words(program.awaited))
  header.set(ProgramWord.latchCount, latches.count)
  return header
}

function encodeInputs(writer: ProgramWriter, header: Header, program: Program, extras: readonly string[]): void {
  const words = program.inputs.flatMap(({ register, clock, column }) => [
    register,
    clock,
    typeof column === "string" ? columnNumbers[column] : CandleColumn.extras + extras.indexOf(column.extra),
  ])
  header.set(ProgramWord.inputCount, program.inputs.length)
  header.set(ProgramWord.inputsAt, writer.words(words))
}

function encodeInstructions(writer: ProgramWriter, header: Header, program: Program): void {
  const clockOf = clocksOfRegisters(program)
  const places = program.instructions.map((instruction) => writer.words(instructionWords(writer, instruction, clockOf)))
  header.set(ProgramWord.instructionCount, places.length)
  header.set(ProgramWord.instructionsAt, writer.words(places))
}

function instructionWords(writer: ProgramWriter, instruction: Instruction, clockOf: Map<number, number>): number[] {
  const { op, clock, destination, sources } = instruction
  const numbers = op === Op.align ? [clockOf.get(sources[0]) ?? clock] : instruction.numbers
  return [op, clock, destination, writer.numbers(numbers), 0, sources.length, ...sources]
}

function clocksOfRegisters(program: Program): Map<number, number> {
  const clockOf = new Map(program.inputs.map((input) => [input.register, input.clock]))
  for (const { destination, clock } of program.instructions) {
    // Many-valued operators fill the following registers too; eight is more than any has.
    for (let output = 0; output < 8; output++) clockOf.set(destination + output, clock)
  }
  return clockOf
}

function encodeSignals(header: Header, { signals, prices }: Program): void {
  header.set(ProgramWord.enterLong, signals.enterLong ?? -1)
  header.set(ProgramWord.exitLong, signals.exitLong ?? -1)
  header.set(ProgramWord.enterShort, signals.enterShort ?? -1)
  header.set(ProgramWord.exitShort, signals.exitShort ?? -1)
  header.set(ProgramWord.stop, prices.stop ?? -1)
}

function encodePositionPrograms(writer: ProgramWriter, header: Header, program: Program, latches: Latches): void {
  const { exitLong, exitShort, stop, targets } = program.positionPrograms
  const place = (part?: PositionProgram) => (part ? writer.words(positionProgramWords(writer, part, latches)) : -1)
  header.set(ProgramWord.exitLongProgram, place(exitLong))
  header.set(ProgramWord.exitShortProgram, place(exitShort))
  header.set(ProgramWord.stopProgram, place(stop))
  header.set(ProgramWord.targetsAt, writer.words(program.prices.targets.map((register) => register ?? -1)))
  const programs = program.prices.targets.map((_, level) => place(targets[level]))
  header.set(ProgramWord.targetProgramsAt, writer.words(programs))
}

function positionProgramWords(writer: ProgramWriter, part: PositionProgram, latches: Latches): number[] {
  const instructions = part.instructions.flatMap(({ op, destination, sources, numbers }) => [
    op,
    destination,
    writer.numbers(numbers),
    sources.length,
    ...sources,
  ])
  const latchesAt = latches.take(part.latched.length)
  return [
    part.latched.length,
    part.cellCount,
    part.instructions.length,
    part.result,
    latchesAt,
    ...part.latched,
    ...instructions,
  ]
}

function encodeTags(writer: ProgramWriter, header: Header, program: Program): void {
  const { long, short } = entryTags(program)
  header.set(ProgramWord.longTagCount, long.length)
  header.set(ProgramWord.longTagsAt, writer.words(long.map((tag) => tag.register)))
  header.set(ProgramWord.shortTagCount, short.length)
  header.set(ProgramWord.shortTagsAt, writer.words(short.map((tag) => tag.register)))
}

type Tag = { formula: string; register: number }

/** Entry conditions by side, in document order: a trade's tag is the first of them that was met. */
export function entryTags(program: Program): { long: Tag[]; short: Tag[] } {
  const of = (part: string) =>
    program.conditions.flatMap(({ part: own, formula, register }) =>
      own === part && register !== undefined ? [{ formula, register }] : [],
    )
  return { long: of("long.enter"), short: of("short.enter") }
}

/** Gives each position program its place among a market's latched values. */
class Latches {
  count = 0

  take(wanted: number): number {
    const at = this.count
    this.count += wanted
    return at
  }
}

/** Collects words after the header and numbers after the words. */
class ProgramWriter {
  readonly #words: number[] = Array.from({ length: ProgramWord.length }, () => -1)
  readonly #numbers: number[] = []

  /** Appends words; returns where they begin. */
  words(words: readonly number[]): number {
    const at = this.#words.length
    for (const word of words) this.#words.push(word)
    return at
  }

  /** Appends numbers; returns the index of the first. */
  numbers(numbers: readonly number[]): number {
    const at = this.#numbers.length
    for (const number of numbers) this.#numbers.push(number)
    return at
  }

  finish(header: Header): Uint8Array {
    if (this.#words.length % 2 === 1) this.#words.push(0)
    header.set(ProgramWord.numbersAt, this.#words.length)
    for (const [word, value] of header) this.#words[word] = value
    const bytes = new Uint8Array(this.#words.length * 4 + this.#numbers.length * 8)
    new Int32Array(bytes.buffer, 0, this.#words.length).set(this.#words)
    new Float64Array(bytes.buffer, this.#words.length * 4, this.#numbers.length).set(this.#numbers)
    return bytes
  }
}
