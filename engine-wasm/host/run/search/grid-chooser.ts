import type { Chooser } from "./search.ts"

/** The most combinations of one generation: what one shard takes. */
export const MOST_IN_A_GENERATION = 1_024

/** Every combination in the order of its number. */
export class GridChooser implements Chooser {
  readonly generation = MOST_IN_A_GENERATION
  #next = 0

  choose(count: number): number[] {
    return Array.from({ length: count }, () => this.#next++)
  }

  learn(): void {}
}
