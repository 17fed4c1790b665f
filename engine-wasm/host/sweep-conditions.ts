import { Op } from "../assembly/operators/opcode.ts"
import { CombinationWord, ConditionKind, ConditionWord } from "../assembly/sweep/sweep-word.ts"
import { constantRegister, type DraftInstruction, type ProgramDraft } from "./compile-draft.ts"

/** A condition over columns (registers) or over other conditions (by number). Those it is made from have lower numbers. */
type Condition = { kind: ConditionKind; registers: number[]; of: number[] }

const comparisons = new Map<Op, ConditionKind>([
  [Op.less, ConditionKind.less], [Op.lessOrEqual, ConditionKind.notGreater], [Op.greater, ConditionKind.greater],
  [Op.greaterOrEqual, ConditionKind.notLess], [Op.equal, ConditionKind.equal], [Op.notEqual, ConditionKind.different],
  [Op.crossover, ConditionKind.crossover], [Op.crossunder, ConditionKind.crossunder], [Op.cross, ConditionKind.cross],
])
const joints = new Map<Op, ConditionKind>([[Op.and, ConditionKind.and], [Op.or, ConditionKind.or], [Op.not, ConditionKind.not]])

/** The conditions of a sweep as bits: comparisons, crossings and logic are taken out of the program, what they compare stays in it as columns. */
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
    if (onClock && comparison !== undefined) return this.#add({ kind: comparison, registers: [], of: [this.#order(onClock.sources[0], onClock.sources[1])] })
    const joint = onClock && joints.get(onClock.op)
    if (onClock && joint !== undefined) return this.#add({ kind: joint, registers: [], of: onClock.sources.map((source) => this.ofRegister(source)) })
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
    for (; this.#instructionsSeen < instructions.length; this.#instructionsSeen++) this.#instructions.set(instructions[this.#instructionsSeen].destination, instructions[this.#instructionsSeen])
    return this.#instructions.get(register)
  }

  /** All conditions the signals are made from, ascending: those they need come first. */
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

/** Conditions and combinations as the engine reads them (assembly/sweep/sweep-word.ts). */
export type EncodedConditions = { conditions: Int32Array; combinations: Int32Array; shared: number; places: number; carries: number }

/** What several combinations ask is evaluated once, in a place of its own; the rest of each combination takes turns in the places behind. */
export function encodeConditions(conditions: SweepConditions, combinations: readonly SweepSignals[], registerOf: (register: number) => number): EncodedConditions {
  const needed = combinations.map(({ enterLong, exitLong, enterShort, exitShort }) => conditions.behind([enterLong, exitLong, enterShort, exitShort].filter((one) => one !== undefined)))
  const shared = sharedBy(needed)
  const sharedPlaces = new Map(shared.map((number, place) => [number, place]))
  const words: number[] = []
  const combinationWords: number[] = []
  let places = shared.length
  const carries = { count: 0 }
  for (const number of shared) words.push(...conditionWords(conditions, number, sharedPlaces, registerOf, carries))
  combinations.forEach((signals, n) => {
    const own = needed[n].filter((number) => !sharedPlaces.has(number))
    const ownPlaces = new Map(own.map((number, index) => [number, shared.length + index]))
    const placeOf = { get: (number: number) => sharedPlaces.get(number) ?? ownPlaces.get(number) }
    combinationWords.push(...wordsOfCombination(signals, words.length / ConditionWord.length, own.length, placeOf))
    for (const number of own) words.push(...conditionWords(conditions, number, placeOf, registerOf, carries))
    places = Math.max(places, shared.length + own.length)
  })
  return { conditions: Int32Array.from(words), combinations: Int32Array.from(combinationWords), shared: shared.length, places, carries: carries.count }
}

type Places = { get(number: number): number | undefined }

function sharedBy(needed: readonly number[][]): number[] {
  const uses = new Map<number, number>()
  for (const numbers of needed) for (const number of numbers) uses.set(number, (uses.get(number) ?? 0) + 1)
  return [...uses].filter(([, count]) => count > 1).map(([number]) => number).sort((a, b) => a - b)
}

function conditionWords(conditions: SweepConditions, number: number, places: Places, registerOf: (register: number) => number, carries: { count: number }): number[] {
  const { kind, registers, of } = conditions.get(number)
  const row: number[] = Array.from({ length: ConditionWord.length }, () => 0)
  const inputs = registers.length > 0 ? registers.map(registerOf) : of.map((one) => places.get(one)!)
  row[ConditionWord.kind] = kind
  row[ConditionWord.place] = places.get(number)!
  row[ConditionWord.a] = inputs[0]
  row[ConditionWord.b] = inputs[1] ?? 0
  if (kind === ConditionKind.order) {
    row[ConditionWord.knownA] = places.get(of[0])!
    row[ConditionWord.knownB] = places.get(of[1])!
  }
  if (kind >= ConditionKind.crossover) row[ConditionWord.carry] = carries.count++
  return row
}

function wordsOfCombination(signals: SweepSignals, firstCondition: number, conditionCount: number, places: Places): number[] {
  const row: number[] = Array.from({ length: CombinationWord.length }, () => -1)
  const place = (number: number | undefined) => (number === undefined ? -1 : places.get(number)!)
  row[CombinationWord.firstCondition] = firstCondition
  row[CombinationWord.conditionCount] = conditionCount
  row[CombinationWord.enterLong] = place(signals.enterLong)
  row[CombinationWord.exitLong] = place(signals.exitLong)
  row[CombinationWord.enterShort] = place(signals.enterShort)
  row[CombinationWord.exitShort] = place(signals.exitShort)
  return row
}
