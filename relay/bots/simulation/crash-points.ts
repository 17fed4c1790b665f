/** Something that reaches the world beyond the relay's memory: its disk, or the exchange. */
export type Effect = { at: "before" | "after" | "sent"; what: string }

/** Numbers all effects of a story, over all its lives, and ends the life at those that the story names. */
export class CrashPoints {
  readonly passed: Effect[] = []
  readonly #left: Set<number>

  constructor(dieAt: readonly number[]) {
    this.#left = new Set(dieAt)
  }

  /** Whether this effect is where the power goes. */
  reach(effect: Effect): boolean {
    this.passed.push(effect)
    return this.#left.delete(this.passed.length)
  }

  /** No more of them. */
  clear(): void {
    this.#left.clear()
  }
}
