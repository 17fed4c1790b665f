/** So many at once, and so many in a period after that. */
export type Pace = { most: number; perMs: number }

/** Callers remembered; of more, the one seen longest ago is forgotten. */
const MOST_NAMES = 1_000

/** Counts what each caller takes of a pace. */
export class Allowance {
  /** Least recently seen first. */
  readonly #left = new Map<string, { left: number; atMs: number }>()

  constructor(
    private readonly pace: Pace,
    private readonly steadyMs: () => number,
  ) {}

  /** Takes one; answers how long to wait for the next when none is left. */
  take(name: string): { ok: true } | { ok: false; waitMs: number } {
    const { most, perMs } = this.pace
    const left = this.#leftOf(name)
    const isFree = left >= 1
    this.#left.delete(name)
    this.#left.set(name, { left: isFree ? left - 1 : left, atMs: this.steadyMs() })
    if (this.#left.size > MOST_NAMES) this.#left.delete(this.#left.keys().next().value!)
    return isFree ? { ok: true } : { ok: false, waitMs: ((1 - left) * perMs) / most }
  }

  #leftOf(name: string): number {
    const { most, perMs } = this.pace
    const known = this.#left.get(name)
    return known === undefined ? most : Math.min(most, known.left + ((this.steadyMs() - known.atMs) * most) / perMs)
  }
}
