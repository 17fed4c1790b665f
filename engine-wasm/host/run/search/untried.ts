import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { PermutedOrder } from "./permuted-order.ts"
import { combinationCount, numberOf, radicesOf, type SpaceShape } from "./search-space.ts"

/** So many draws at each distance before a place farther off is looked at. */
const DRAWS_PER_DISTANCE = 16

/** The combinations a search has not asked for yet. */
export class Untried {
  readonly #radices: readonly number[]
  readonly #tried = new Set<number>()
  readonly #order: PermutedOrder
  #next = 0

  constructor(
    private readonly space: SpaceShape,
    seed: number,
  ) {
    this.#radices = radicesOf(space)
    this.#order = new PermutedOrder(combinationCount(space), seed)
  }

  /** Takes the combination at these places, where it is untried. */
  take(places: ArrayLike<number>): number | undefined {
    const number = numberOf(this.space, places)
    if (this.#tried.has(number)) return undefined
    this.#tried.add(number)
    return number
  }

  /** Takes any of them by chance. The caller knows that there is one. */
  takeAny(): number {
    for (;;) {
      const number = this.#order.at(this.#next++)
      if (this.#tried.has(number)) continue
      this.#tried.add(number)
      return number
    }
  }

  /** Takes the one at these places, or one near by, or any where all are tried about there. */
  takeNear(places: ArrayLike<number>, chance: SeededChance): number {
    const widest = Math.max(...this.#radices)
    let number = this.take(places)
    for (let distance = 1; number === undefined && distance < 2 * widest; distance *= 2)
      for (let draw = 0; number === undefined && draw < DRAWS_PER_DISTANCE; draw++)
        number = this.take(this.#moved(places, distance, chance))
    return number ?? this.takeAny()
  }

  #moved(places: ArrayLike<number>, distance: number, chance: SeededChance): number[] {
    return this.#radices.map((radix, at) => {
      const step = Math.floor(chance.uniform() * (2 * distance + 1)) - distance
      return Math.max(0, Math.min(radix - 1, places[at] + step))
    })
  }
}
