import { Op } from "../../../assembly/operators/opcode.ts"
import type { DraftInstruction, ProgramDraft } from "./compile-draft.ts"
import { longestWarmUp } from "../formula/warm-up.ts"
import type { PositionProgram, Program } from "./program.ts"

/** A program's answers, in the draft's registers. */
export type Answers = Pick<Program, "signals" | "prices" | "positionPrograms" | "named" | "conditions">

/**
 * The finished program: only what the answers need, registers and clocks numbered, slower clocks computed before the
 * strategy's own.
 */
export function finishedProgram(draft: ProgramDraft, answers: Answers): Program {
  const needed = neededRegisters(draft, rootsOf(answers))
  const instructions = inOrder(
    draft,
    draft.instructions.filter((instruction) => outputsOf(instruction).some((output) => needed.has(output))),
  )
  const inputs = draft.inputs.filter((input) => needed.has(input.register))
  const number = numbering([...inputs.map((input) => input.register), ...instructions.flatMap(outputsOf)])
  const clocksMs = [
    ...new Set([draft.strategyMs, ...inputs.map((input) => input.clockMs), ...instructions.map((one) => one.clockMs)]),
  ].toSorted((a, b) => a - b)
  const { ready, settled } = longestWarmUp(rootsOf(answers).map((root) => draft.registers[root].warmUp))
  return {
    clocks: clocksMs.map((timeframeMs) => ({ timeframeMs })),
    strategyClock: clocksMs.indexOf(draft.strategyMs),
    registerCount: number.size,
    inputs: inputs.map(({ register, clockMs, column }) => ({
      register: number.get(register)!,
      clock: clocksMs.indexOf(clockMs),
      column,
    })),
    instructions: instructions.map(({ op, clockMs, destination, sources, numbers }) => ({
      op,
      clock: clocksMs.indexOf(clockMs),
      destination: number.get(destination)!,
      sources: sources.map((source) => number.get(source)!),
      numbers,
    })),
    ...renumbered(answers, (register) => number.get(register)!),
    warmUp: { readyAfterCandles: ready, settledAfterCandles: settled },
    awaited: instructions
      .filter(({ op, clockMs }) => clockMs === draft.strategyMs && looksBack(op))
      .flatMap(outputsOf)
      .filter((output) => needed.has(output))
      .map((output) => number.get(output)!),
  }
}

/** Whether an operator needs candles before its first value. Crossings and events do not count. */
function looksBack(op: Op): boolean {
  return op >= Op.sma || [Op.lag, Op.align, Op.forecast, Op.rising, Op.falling, Op.change].includes(op)
}

function outputsOf({ destination, outputs }: DraftInstruction): number[] {
  return Array.from({ length: outputs }, (_, n) => destination + n)
}

function rootsOf({
  signals,
  prices,
  positionPrograms: { exitLong, exitShort, stop, targets },
  named,
  conditions,
}: Answers): number[] {
  const latched = [exitLong, exitShort, stop, ...targets].flatMap((program) => program?.latched ?? [])
  const registers = [
    ...Object.values(signals),
    prices.stop,
    ...prices.targets,
    ...named.map((one) => one.register),
    ...conditions.map((one) => one.register),
  ]
  return [...registers.filter((register) => register !== undefined), ...latched]
}

/** The registers the roots depend on. Instructions come after their sources, so one walk from the end finds all. */
function neededRegisters(draft: ProgramDraft, roots: number[]): Set<number> {
  const needed = new Set(roots)
  for (const instruction of draft.instructions.toReversed()) {
    if (outputsOf(instruction).some((output) => needed.has(output)))
      for (const source of instruction.sources) needed.add(source)
  }
  return needed
}

function inOrder({ strategyMs }: ProgramDraft, instructions: DraftInstruction[]): DraftInstruction[] {
  const rank = ({ clockMs }: DraftInstruction) => (clockMs === strategyMs ? Infinity : clockMs)
  return instructions.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
}

function numbering(registers: number[]): Map<number, number> {
  return new Map(registers.map((register, index) => [register, index]))
}

/** The same answers in other registers' numbers. */
export function renumbered(
  { signals, prices, positionPrograms, named, conditions }: Answers,
  numberOf: (register: number) => number,
): Answers {
  const maybe = (register: number | undefined) => (register === undefined ? undefined : numberOf(register))
  const program = (one: PositionProgram | undefined) => one && { ...one, latched: one.latched.map(numberOf) }
  return {
    signals: definedOnly({
      enterLong: maybe(signals.enterLong),
      exitLong: maybe(signals.exitLong),
      enterShort: maybe(signals.enterShort),
      exitShort: maybe(signals.exitShort),
    }),
    prices: {
      ...definedOnly({ stop: maybe(prices.stop), stopIsDistance: prices.stopIsDistance }),
      targets: prices.targets.map(maybe),
    },
    positionPrograms: {
      ...definedOnly({
        exitLong: program(positionPrograms.exitLong),
        exitShort: program(positionPrograms.exitShort),
        stop: program(positionPrograms.stop),
      }),
      targets: positionPrograms.targets.map(program),
    },
    named: named.map(({ name, register }) => ({ name, register: numberOf(register) })),
    conditions: conditions.map((one) =>
      one.register === undefined ? one : { ...one, register: numberOf(one.register) },
    ),
  }
}

function definedOnly<Part extends object>(part: Part): Part {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Part
}
