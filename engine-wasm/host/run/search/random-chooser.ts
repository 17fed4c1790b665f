import { MOST_IN_A_GENERATION } from "./grid-chooser.ts"
import { PermutedOrder } from "./permuted-order.ts"
import { combinationCount, type SpaceShape } from "./search-space.ts"
import type { Chooser } from "./search.ts"

/** Combinations by chance, each at most once (Bergstra & Bengio 2012), however many there are. */
export class RandomChooser implements Chooser {
  readonly generation = MOST_IN_A_GENERATION
  readonly #order: PermutedOrder
  #next = 0

  constructor(space: SpaceShape, seed: number) {
    this.#order = new PermutedOrder(combinationCount(space), seed)
  }

  choose(count: number): number[] {
    return Array.from({ length: count }, () => this.#order.at(this.#next++))
  }

  learn(): void {}
}
