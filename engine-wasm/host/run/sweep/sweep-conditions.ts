import { Op } from "../../../assembly/operators/opcode.ts"
import { ConditionKind, ConditionWord } from "../../../assembly/sweep/sweep-word.ts"
import { constantRegister, type DraftInstruction, type ProgramDraft } from "../../strategy/compile/compile-draft.ts"
import type { SweepPlaces } from "./sweep-parts.ts"

/** A condition over columns (registers) or over other conditions (by number), which have lower numbers. */
type Condition = { kind: ConditionKind; registers: number[]; of: number[] }

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
 * in it as columns.
 */
export class SweepConditions {
  readonly #conditions: Condition[] = []
  readonly #known = new Map<string, number>()
  readonly #ofRegister = new Map<number, number>()
  readonly #instructions = new Map<number, DraftInstruction>()
  #instructionsSeen = 0
  /** Registers that must be computed. */
  readonly columns = new Set<number>()

  constructor(private readonly draft: ProgramDraft) {}

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
    if (onClock && comparison !== undefined)
      return this.#add({ kind: comparison, registers: [], of: [this.#order(onClock.sources[0], onClock.sources[1])] })
    const joint = onClock && joints.get(onClock.op)
    if (onClock && joint !== undefined)
      return this.#add({ kind: joint, registers: [], of: onClock.sources.map((source) => this.ofRegister(source)) })
    const zero = constantRegister(this.draft, this.draft.strategyMs, 0)
    return this.#add({ kind: ConditionKind.different, registers: [], of: [this.#order(register, zero)] })
  }

  #order(a: number, b: number): number {
    return this.#add({ kind: ConditionKind.order, registers: [a, b], of: [this.#whereKnown(a), this.#whereKnown(b)] })
  }

  #whereKnown(register: number): number {
    this.columns.add(register)
    return this.#add({ kind: ConditionKind.known, registers: [register], of: [] })
  }

  #add(condition: Condition): number {
    const key = `${condition.kind} ${condition.registers.join()} ${condition.of.join()}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = this.#conditions.push(condition) - 1
    this.#known.set(key, made)
    return made
  }

  #instructionOf(register: number): DraftInstruction | undefined {
    const { instructions } = this.draft
    for (; this.#instructionsSeen < instructions.length; this.#instructionsSeen++)
      this.#instructions.set(instructions[this.#instructionsSeen].destination, instructions[this.#instructionsSeen])
    return this.#instructions.get(register)
  }

  /** All conditions behind the signals, ascending: those they need come first. */
  behind(signals: readonly number[]): number[] {
    const needed = new Set<number>()
    const visit = (one: number) => {
      if (needed.has(one)) return
      needed.add(one)
      this.#conditions[one].of.forEach(visit)
    }
    signals.forEach(visit)
    return [...needed].sort((a, b) => a - b)
  }

  get(number: number): Condition {
    return this.#conditions[number]
  }
}

/** Numbers of the conditions that are a combination's signals. */
export type SweepSignals = { enterLong?: number; exitLong?: number; enterShort?: number; exitShort?: number }

/** Conditions and combinations in the engine's format (assembly/sweep/sweep-word.ts). */
export type EncodedConditions = {
  conditions: Int32Array
  combinations: Int32Array
  shared: number
  places: number
  carries: number
}

/**
 * Conditions shared by several combinations are evaluated once, in a place of their own; the rest of each combination
 * takes turns in the places after them.
 */
export function encodeConditions(
  conditions: SweepConditions,
  combinations: readonly (SweepPlaces & { signals: SweepSignals })[],
  registerOf: (register: number) => number,
): EncodedConditions {
  const needed = combinations.map(({ signals: { enterLong, exitLong, enterShort, exitShort } }) =>
    conditions.behind([enterLong, exitLong, enterShort, exitShort].filter((one) => one !== undefined)),
  )
  const shared = sharedBy(needed)
  const sharedPlaces = new Map(shared.map((number, place) => [number, place]))
  const words: number[] = []
  const combinationWords: number[] = []
  const carries = { count: 0 }
  let places = shared.length
  for (const number of shared)
    putCondition(words, conditions.get(number), {
      place: sharedPlaces.get(number)!,
      places: sharedPlaces,
      registerOf,
      carries,
    })
  combinations.forEach(({ signals, ...parts }, n) => {
    const own = needed[n].filter((number) => !sharedPlaces.has(number))
    const ownPlaces = new Map(own.map((number, index) => [number, shared.length + index]))
    const all = { get: (number: number) => sharedPlaces.get(number) ?? ownPlaces.get(number) }
    putCombination(
      combinationWords,
      signals,
      { firstCondition: words.length / ConditionWord.length, conditionCount: own.length, ...parts },
      all,
    )
    for (const number of own)
      putCondition(words, conditions.get(number), { place: ownPlaces.get(number)!, places: all, registerOf, carries })
    places = Math.max(places, shared.length + own.length)
  })
  return {
    conditions: Int32Array.from(words),
    combinations: Int32Array.from(combinationWords),
    shared: shared.length,
    places,
    carries: carries.count,
  }
}

type Places = { get(number: number): number | undefined }

function sharedBy(needed: readonly number[][]): number[] {
  const uses = new Map<number, number>()
  for (const numbers of needed) for (const number of numbers) uses.set(number, (uses.get(number) ?? 0) + 1)
  return [...uses]
    .filter(([, count]) => count > 1)
    .map(([number]) => number)
    .sort((a, b) => a - b)
}

type Putting = { place: number; places: Places; registerOf: (register: number) => number; carries: { count: number } }

/** One row, in the order of ConditionWord. */
function putCondition(
  words: number[],
  { kind, registers, of }: Condition,
  { place, places, registerOf, carries }: Putting,
): void {
  const carry = kind >= ConditionKind.crossover ? carries.count++ : 0
  if (kind === ConditionKind.known) words.push(kind, place, registerOf(registers[0]), 0, 0, 0, carry)
  else if (kind === ConditionKind.order)
    words.push(
      kind,
      place,
      registerOf(registers[0]),
      registerOf(registers[1]),
      places.get(of[0])!,
      places.get(of[1])!,
      carry,
    )
  else words.push(kind, place, places.get(of[0])!, of.length > 1 ? places.get(of[1])! : 0, 0, 0, carry)
}

/** One row, in the order of CombinationWord. */
function putCombination(
  words: number[],
  { enterLong, exitLong, enterShort, exitShort }: SweepSignals,
  own: { firstCondition: number; conditionCount: number } & SweepPlaces,
  places: Places,
): void {
  const place = (number: number | undefined) => (number === undefined ? -1 : places.get(number)!)
  words.push(
    own.firstCondition,
    own.conditionCount,
    place(enterLong),
    place(exitLong),
    place(enterShort),
    place(exitShort),
    own.settingsAt,
    own.programAt,
  )
}
