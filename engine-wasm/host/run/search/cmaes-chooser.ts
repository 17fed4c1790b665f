import { ln } from "../../candles/elementary-function.ts"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { CovarianceAdaptation } from "./covariance-adaptation.ts"
import { placesOf, radicesOf, type SpaceShape } from "./search-space.ts"
import type { Chooser } from "./search.ts"
import { Untried } from "./untried.ts"

/** Hansen's first step, of a range from 0 to 1. */
const FIRST_STEP = 0.3
/** The deviation each dimension keeps, in places. */
const LEAST_SPREAD_PLACES = 0.5
/** After so many generations without a better one the search begins elsewhere (Auger & Hansen 2005). */
const PATIENCE = 10

/**
 * CMA-ES over the places of each dimension, scaled to 0 to 1 and rounded to the grid; where a combination was tried
 * already, one near by is taken. It begins anew elsewhere when it has come to rest.
 */
export class CmaesChooser implements Chooser {
  readonly generation: number
  readonly #chance: SeededChance
  readonly #untried: Untried
  readonly #radices: readonly number[]
  /** The dimensions with something to choose. */
  readonly #free: readonly number[]
  #adaptation: CovarianceAdaptation
  #best = -Infinity
  #generationsWithoutBetter = 0

  constructor(
    private readonly space: SpaceShape,
    seed: number,
  ) {
    this.#chance = new SeededChance(seed)
    this.#untried = new Untried(space, seed)
    this.#radices = radicesOf(space)
    this.#free = this.#radices.flatMap((radix, at) => (radix > 1 ? [at] : []))
    this.generation = Math.min(32, Math.max(16, 4 + Math.floor(3 * ln(Math.max(1, this.#free.length)))))
    this.#adaptation = this.#adaptationFrom(this.#free.map(() => 0.5))
  }

  choose(count: number): number[] {
    return Array.from({ length: count }, () => {
      const point = this.#adaptation.draw(this.#chance)
      const places = this.#radices.map(() => 0)
      this.#free.forEach((dimension, at) => (places[dimension] = nearestPlace(point[at], this.#radices[dimension])))
      return this.#untried.takeNear(places, this.#chance)
    })
  }

  learn(numbers: Float64Array, scores: Float64Array): void {
    const ranks = Array.from(scores.keys()).filter((at) => !Number.isNaN(scores[at]))
    if (this.#free.length === 0 || ranks.length < 2) return
    ranks.sort((a, b) => scores[b] - scores[a] || a - b)
    const best = scores[ranks[0]]
    this.#generationsWithoutBetter = best > this.#best ? 0 : this.#generationsWithoutBetter + 1
    this.#best = Math.max(this.#best, best)
    this.#adaptation.learn(ranks.map((at) => this.#pointOf(numbers[at])))
    if (this.#generationsWithoutBetter >= PATIENCE || this.#adaptation.isNarrow) this.#beginElsewhere()
  }

  #beginElsewhere(): void {
    this.#best = -Infinity
    this.#generationsWithoutBetter = 0
    this.#adaptation = this.#adaptationFrom(this.#free.map(() => this.#chance.uniform()))
  }

  #adaptationFrom(mean: number[]): CovarianceAdaptation {
    const least = this.#free.map((dimension) => LEAST_SPREAD_PLACES / (this.#radices[dimension] - 1))
    return new CovarianceAdaptation({ mean, step: FIRST_STEP }, this.generation, least)
  }

  #pointOf(number: number): number[] {
    const places = placesOf(this.space, number)
    return this.#free.map((dimension) => places[dimension] / (this.#radices[dimension] - 1))
  }
}

function nearestPlace(x: number, radix: number): number {
  return Math.max(0, Math.min(radix - 1, Math.round(x * (radix - 1))))
}
