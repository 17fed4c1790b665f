import { CombinationWord, ConditionKind, ConditionWord } from "../../../assembly/sweep/sweep-word.ts"
import { CoarseGroups } from "./coarse-groups.ts"
import type { SweepConditions, SweepSignals } from "./sweep-conditions.ts"
import type { SweepPlaces } from "./sweep-parts.ts"

/** Conditions and combinations in the engine's format (assembly/sweep/sweep-word.ts). */
export type EncodedConditions = {
  conditions: Int32Array
  combinations: Int32Array
  shared: number
  places: number
  carries: number
  coarse: CoarseGroups
}

type EncodedCombination = { signals: SweepSignals; places: SweepPlaces }

/**
 * Conditions shared by several combinations are evaluated once, in a place of their own; the rest of each combination
 * takes turns in the places after them.
 */
export function encodeConditions(
  conditions: SweepConditions,
  combinations: readonly EncodedCombination[],
  registerOf: (register: number) => number,
): EncodedConditions {
  const needed = new NeededConditions(conditions)
  for (const { signals } of combinations) needed.add(signals)
  const encoder = new Encoder(conditions, needed, registerOf)
  encoder.putShared()
  combinations.forEach((one, n) => encoder.putCombination(one, n))
  return encoder.encoded
}

/** The conditions behind each combination's signals, those they need before them; and how many combinations use each. */
class NeededConditions {
  readonly uses: Int32Array
  /** One combination's after another's. */
  readonly numbers: number[] = []
  /** Where each combination's end. */
  readonly ends: number[] = []
  readonly #lastUser: Int32Array

  constructor(private readonly conditions: SweepConditions) {
    this.uses = new Int32Array(conditions.count)
    this.#lastUser = new Int32Array(conditions.count).fill(-1)
  }

  add({ enterLong = -1, exitLong = -1, enterShort = -1, exitShort = -1 }: SweepSignals): void {
    const user = this.ends.length
    this.#visit(enterLong, user)
    this.#visit(exitLong, user)
    this.#visit(enterShort, user)
    this.#visit(exitShort, user)
    this.ends.push(this.numbers.length)
  }

  #visit(number: number, user: number): void {
    if (number < 0 || this.#lastUser[number] === user) return
    this.#lastUser[number] = user
    const { kind, a, b, knownA, knownB } = this.conditions.get(number)
    if (kind === ConditionKind.order) {
      this.#visit(knownA, user)
      this.#visit(knownB, user)
    } else if (kind !== ConditionKind.known) {
      this.#visit(a, user)
      this.#visit(b, user)
    }
    this.uses[number]++
    this.numbers.push(number)
  }
}

/** Writes both tables. */
class Encoder {
  readonly encoded: EncodedConditions
  readonly #places: Int32Array
  #conditionCount = 0

  constructor(
    private readonly conditions: SweepConditions,
    private readonly needed: NeededConditions,
    private readonly registerOf: (register: number) => number,
  ) {
    const { uses, ends } = needed
    const used = uses.reduce((count, many) => count + Number(many > 0), 0)
    this.#places = new Int32Array(conditions.count).fill(-1)
    this.encoded = {
      conditions: new Int32Array(used * ConditionWord.length),
      combinations: new Int32Array(ends.length * CombinationWord.length),
      shared: uses.reduce((count, many) => count + Number(many > 1), 0),
      places: 0,
      carries: 0,
      coarse: new CoarseGroups(conditions, uses, registerOf),
    }
  }

  putShared(): void {
    const { uses } = this.needed
    for (let number = 0, place = 0; number < uses.length; number++)
      if (uses[number] > 1) this.#putCondition(number, place++)
    this.encoded.places = this.encoded.shared
  }

  /** One row, in the order of CombinationWord, and its own conditions. */
  putCombination(
    { signals: { enterLong, exitLong, enterShort, exitShort }, places }: EncodedCombination,
    n: number,
  ): void {
    const { encoded, needed } = this
    const first = this.#conditionCount
    for (let at = n === 0 ? 0 : needed.ends[n - 1]; at < needed.ends[n]; at++) {
      const number = needed.numbers[at]
      if (needed.uses[number] === 1) this.#putCondition(number, encoded.shared + this.#conditionCount - first)
    }
    const own = this.#conditionCount - first
    encoded.places = Math.max(encoded.places, encoded.shared + own)
    const row = n * CombinationWord.length
    const words = encoded.combinations
    words[row + CombinationWord.firstCondition] = first
    words[row + CombinationWord.conditionCount] = own
    words[row + CombinationWord.enterLong] = this.#placeOf(enterLong)
    words[row + CombinationWord.exitLong] = this.#placeOf(exitLong)
    words[row + CombinationWord.enterShort] = this.#placeOf(enterShort)
    words[row + CombinationWord.exitShort] = this.#placeOf(exitShort)
    words[row + CombinationWord.settingsAt] = places.settingsAt
    words[row + CombinationWord.programAt] = places.programAt
  }

  #placeOf(number = -1): number {
    return number < 0 ? -1 : this.#places[number]
  }

  /** One row, in the order of ConditionWord. */
  #putCondition(number: number, place: number): void {
    const { kind, a, b, knownA, knownB } = this.conditions.get(number)
    const isColumn = kind === ConditionKind.known || kind === ConditionKind.order
    const row = this.#conditionCount++ * ConditionWord.length
    const words = this.encoded.conditions
    this.#places[number] = place
    words[row + ConditionWord.kind] = kind
    words[row + ConditionWord.place] = place
    words[row + ConditionWord.a] = isColumn ? this.registerOf(a) : this.#placeOf(a)
    words[row + ConditionWord.b] = kind === ConditionKind.order ? this.registerOf(b) : isColumn ? 0 : this.#placeOf(b)
    words[row + ConditionWord.knownA] = this.#placeOf(knownA)
    words[row + ConditionWord.knownB] = this.#placeOf(knownB)
    words[row + ConditionWord.coarseA] = words[row + ConditionWord.coarseB] = -1
    if (kind === ConditionKind.order) {
      words[row + ConditionWord.coarseA] = this.encoded.coarse.numberOf(a)
      words[row + ConditionWord.coarseB] = this.encoded.coarse.numberOf(b)
    }
    if (kind >= ConditionKind.crossover) words[row + ConditionWord.carry] = this.encoded.carries++
  }
}
