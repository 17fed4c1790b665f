import type { PriceGrid } from "./grid.ts"
import { Op } from "../../../assembly/operators/opcode.ts"
import type { CandleInput } from "../formula/function-spec.ts"
import { noWarmUp, type WarmUp } from "../formula/warm-up.ts"

/** What the compiler must know about the candles. */
export type CompileMarket = PriceGrid & {
  /** Timeframe of the base candles. */
  timeframeMs: number
  /**
   * Names of the candle file's further columns; "any" accepts every unknown name as one (a document checked without
   * its candles).
   */
  extra: string[] | "any"
  /**
   * Whether a crossing begins strictly on the other side, as in backtesting.py; by default parting from a tie is one.
   */
  strictCrossings?: boolean
}

/** A column being compiled. Clocks are named by their timeframe until the program is numbered. */
export type Register = { clockMs: number; warmUp: WarmUp }
export type DraftInput = { register: number; clockMs: number; column: CandleInput | { extra: string } }
export type DraftInstruction = {
  op: Op
  clockMs: number
  destination: number
  sources: number[]
  numbers: number[]
  outputs: number
}

/** A program under construction: registers are only added, and the same work is never added twice. */
export type ProgramDraft = {
  market: CompileMarket
  strategyMs: number
  registers: Register[]
  inputs: DraftInput[]
  instructions: DraftInstruction[]
  merged: Map<string, number>
}

/** A program larger than this would make every candle slow; far above any honest strategy. */
export const MOST_REGISTERS = 1_500

/** Whether to stop: the program has grown beyond the limit. */
export const isTooLarge = (draft: ProgramDraft) => draft.registers.length > MOST_REGISTERS

export function emptyDraft(market: CompileMarket, strategyMs: number): ProgramDraft {
  return { market, strategyMs, registers: [], inputs: [], instructions: [], merged: new Map() }
}

/** The register of a candle column on a clock. */
export function inputRegister(draft: ProgramDraft, clockMs: number, column: CandleInput | { extra: string }): number {
  return once(draft, `input ${clockMs} ${JSON.stringify(column)}`, () => {
    const register = addRegister(draft, { clockMs, warmUp: noWarmUp })
    draft.inputs.push({ register, clockMs, column })
    return register
  })
}

/** The register that holds a constant on a clock. */
export function constantRegister(draft: ProgramDraft, clockMs: number, value: number): number {
  return instructionRegister(draft, {
    instruction: { op: Op.constant, clockMs, sources: [], numbers: [value], outputs: 1 },
    warmUp: noWarmUp,
  })
}

/** `identity`: what its numbers are, where they are too many to compare. */
type NewInstruction = { instruction: Omit<DraftInstruction, "destination">; warmUp: WarmUp; identity?: string }

/** The first output register of an instruction; the same operator over the same sources is computed once. */
export function instructionRegister(draft: ProgramDraft, { instruction, warmUp, identity }: NewInstruction): number {
  const { op, clockMs, numbers } = instruction
  const sources = commutes.has(op) ? instruction.sources.toSorted((a, b) => a - b) : instruction.sources
  return once(draft, `${op} ${clockMs} ${sources.join()} ${identity ?? numbers.map(exactText).join()}`, () => {
    const destination = addRegister(draft, { clockMs, warmUp })
    for (let output = 1; output < instruction.outputs; output++) addRegister(draft, { clockMs, warmUp })
    draft.instructions.push({ ...instruction, sources, destination })
    return destination
  })
}

// Swapping the two sides of these gives the same bits.
const commutes = new Set<Op>([Op.add, Op.multiply, Op.equal, Op.notEqual, Op.and, Op.or])

const exactText = (value: number) => (Object.is(value, -0) ? "-0" : String(value))

function addRegister(draft: ProgramDraft, register: Register): number {
  return draft.registers.push(register) - 1
}

function once(draft: ProgramDraft, key: string, make: () => number): number {
  const known = draft.merged.get(key)
  if (known !== undefined) return known
  const made = make()
  draft.merged.set(key, made)
  return made
}
