/** Streams that one caller, and all of them together, may hold open. */
const MOST_OF_ONE = 8
const MOST_OF_ALL = 200

/** Counts the streams that callers hold open, so that nobody can hold all of them. */
export class StreamPlaces {
  readonly #held = new Map<string, number>()
  #all = 0

  /** A place for one more stream of a caller, as the call that gives it back; undefined when there is none. */
  enter(name: string): (() => void) | undefined {
    const held = this.#held.get(name) ?? 0
    if (held >= MOST_OF_ONE || this.#all >= MOST_OF_ALL) return undefined
    this.#held.set(name, held + 1)
    this.#all += 1
    let isHeld = true
    return () => {
      if (isHeld) this.#leave(name)
      isHeld = false
    }
  }

  #leave(name: string): void {
    const left = this.#held.get(name)! - 1
    if (left === 0) this.#held.delete(name)
    else this.#held.set(name, left)
    this.#all -= 1
  }
}
