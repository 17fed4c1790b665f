import type { Constraints } from "./constraints.ts"

/** A rung of the ladder: the share of the candles it runs over, and of its combinations that go on to the next. */
export type Rung = { share: number; keep: number }

/**
 * Successive halving (Jamieson & Talwalkar 2016): a quarter of the candles, half of them, all. Of each rung the best
 * third goes on, so that a search runs over about half as many candles in all.
 */
export const usualRungs: readonly Rung[] = [
  { share: 1 / 4, keep: 1 / 3 },
  { share: 1 / 2, keep: 1 / 3 },
  { share: 1, keep: 1 },
]

/** Told scores lie between -3 and 1 (see `toldScore`), so a step of this keeps rungs apart. */
const RUNG_STEP = 4

/** Constraints for a share of the candles: so many trades are asked for as the share can have. */
export function constraintsFor(share: number, constraints: Constraints): Constraints {
  const { minTrades } = constraints
  return minTrades === undefined ? constraints : { ...constraints, minTrades: Math.ceil(minTrades * share) }
}

/** Which combinations go on after a rung: the best by their told scores, in the order they came; at least one. */
export function survivorsOf(numbers: Float64Array, scores: Float64Array, keep: number): Float64Array {
  const most = Math.max(1, Math.ceil(numbers.length * keep))
  const better = (a: number, b: number) =>
    Number(Number.isNaN(scores[a])) - Number(Number.isNaN(scores[b])) ||
    (scores[b] > scores[a] ? 1 : scores[b] < scores[a] ? -1 : numbers[a] - numbers[b])
  const kept = Array.from(numbers.keys()).sort(better).slice(0, most)
  return Float64Array.from(
    kept.sort((a, b) => a - b),
    (at) => numbers[at],
  )
}

/**
 * One generation on its way up the rungs. Every combination of it is a trial, also one that stopped early: what was
 * looked at and thrown away counts as much as what was kept.
 */
export class Halving {
  #rung = 0
  #running: Float64Array
  readonly #scores = new Map<number, { rung: number; score: number }>()

  constructor(
    private readonly generation: Float64Array,
    private readonly rungs: readonly Rung[] = usualRungs,
  ) {
    this.#running = generation
  }

  /** What to run now, over which share of the candles; undefined when all rungs are done. */
  ask(): { numbers: Float64Array; share: number } | undefined {
    const rung = this.#running.length > 0 ? this.rungs.at(this.#rung) : undefined
    return rung && { numbers: this.#running, share: rung.share }
  }

  /** The told score (see `toldScore`) of each combination asked for last. */
  tell(scores: Float64Array): void {
    const rung = this.rungs[this.#rung]
    this.#running.forEach((number, at) => this.#scores.set(number, { rung: this.#rung, score: scores[at] }))
    this.#rung++
    if (this.#rung < this.rungs.length) this.#running = survivorsOf(this.#running, scores, rung.keep)
  }

  /** The combinations that ran over all candles: only these are compared with each other. */
  get finalists(): Float64Array {
    return this.generation.filter((number) => this.#rungOf(number) === this.rungs.length - 1)
  }

  /** What the search method learns of the whole generation: whoever came farther is better. */
  get told(): Float64Array {
    return this.generation.map((number) => {
      const { rung, score } = this.#scores.get(number)!
      return score - RUNG_STEP * (this.rungs.length - 1 - rung)
    })
  }

  #rungOf(number: number): number | undefined {
    return this.#scores.get(number)?.rung
  }
}
