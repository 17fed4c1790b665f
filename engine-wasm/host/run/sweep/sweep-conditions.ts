import { Op } from "../../../assembly/operators/opcode.ts"
import { ConditionKind } from "../../../assembly/sweep/sweep-word.ts"
import { constantRegister, type DraftInstruction, type ProgramDraft } from "../../strategy/compile/compile-draft.ts"

/**
 * A condition: over columns (`a` and `b` are registers, `knownA` and `knownB` the conditions that they are known), or over
 * other conditions, which have lower numbers. -1: none.
 */
export type Condition = { kind: ConditionKind; a: number; b: number; knownA: number; knownB: number }

const comparisons = new Map<Op, ConditionKind>([
  [Op.less, ConditionKind.less],
  [Op.lessOrEqual, ConditionKind.notGreater],
  [Op.greater, ConditionKind.greater],
  [Op.greaterOrEqual, ConditionKind.notLess],
  [Op.equal, ConditionKind.equal],
  [Op.notEqual, ConditionKind.different],
  [Op.crossover, ConditionKind.crossover],
  [Op.crossunder, ConditionKind.crossunder],
  [Op.cross, ConditionKind.cross],
])
const joints = new Map<Op, ConditionKind>([
  [Op.and, ConditionKind.and],
  [Op.or, ConditionKind.or],
  [Op.not, ConditionKind.not],
])

/**
 * The conditions of a sweep as bits: comparisons, crossings and logic leave the program, the values they compare stay
 * in it as columns. Equal conditions are one.
 */
export class SweepConditions {
  readonly #conditions: Condition[] = []
  /** By kind, then by `a`, then by `b`. */
  readonly #known: Map<number, number>[][] = []
  readonly #ofRegister = new Map<number, number>()
  readonly #instructions = new Map<number, DraftInstruction>()
  #instructionsSeen = 0
  /** Registers that must be computed. */
  readonly columns = new Set<number>()

  constructor(private readonly draft: ProgramDraft) {}

  get count(): number {
    return this.#conditions.length
  }

  get(number: number): Condition {
    return this.#conditions[number]
  }

  /** The number of the condition that holds where the register is known and not 0. */
  ofRegister(register: number): number {
    const known = this.#ofRegister.get(register)
    if (known !== undefined) return known
    const made = this.#make(register)
    this.#ofRegister.set(register, made)
    return made
  }

  #make(register: number): number {
    const instruction = this.#instructionOf(register)
    const onClock = instruction?.clockMs === this.draft.strategyMs ? instruction : undefined
    const comparison = onClock && comparisons.get(onClock.op)
    if (onClock && comparison !== undefined) return this.compared(comparison, onClock.sources[0], onClock.sources[1])
    const joint = onClock && joints.get(onClock.op)
    if (onClock && joint !== undefined) {
      const [a, b] = onClock.sources.map((source) => this.ofRegister(source))
      return this.joined(joint, a, b)
    }
    return this.compared(ConditionKind.different, register, constantRegister(this.draft, this.draft.strategyMs, 0))
  }

  /** A comparison or crossing of two registers. */
  compared(kind: ConditionKind, a: number, b: number): number {
    return this.#add(kind, this.#order(a, b), -1, -1, -1)
  }

  /** Two conditions joined, or one turned round. */
  joined(kind: ConditionKind, a: number, b = -1): number {
    return this.#add(kind, a, b, -1, -1)
  }

  #order(a: number, b: number): number {
    return this.#add(ConditionKind.order, a, b, this.#whereKnown(a), this.#whereKnown(b))
  }

  #whereKnown(register: number): number {
    this.columns.add(register)
    return this.#add(ConditionKind.known, register, -1, -1, -1)
  }

  #add(kind: ConditionKind, a: number, b: number, knownA: number, knownB: number): number {
    const byA = (this.#known[kind] ??= [])
    const byB = (byA[a] ??= new Map<number, number>())
    const known = byB.get(b)
    if (known !== undefined) return known
    const made = this.#conditions.push({ kind, a, b, knownA, knownB }) - 1
    byB.set(b, made)
    return made
  }

  #instructionOf(register: number): DraftInstruction | undefined {
    const { instructions } = this.draft
    for (; this.#instructionsSeen < instructions.length; this.#instructionsSeen++)
      this.#instructions.set(instructions[this.#instructionsSeen].destination, instructions[this.#instructionsSeen])
    return this.#instructions.get(register)
  }
}

/** Numbers of the conditions that are a combination's signals. */
export type SweepSignals = { enterLong?: number; exitLong?: number; enterShort?: number; exitShort?: number }
