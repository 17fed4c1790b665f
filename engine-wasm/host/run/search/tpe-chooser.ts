import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { ParzenDimension } from "./parzen.ts"
import { placesOf, radicesOf, type SpaceShape } from "./search-space.ts"
import type { Chooser } from "./search.ts"
import { Untried } from "./untried.ts"

/** So many draws from the good ones for each combination chosen; the likeliest to be good is taken. */
const CANDIDATES = 24
/** The share of the trials that counts as good, and the most there are. */
const GOOD_SHARE = 0.1
const MOST_GOOD = 32

/** Of one dimension: how much likelier each cell is good than bad, and the sums to draw good ones by. */
type Density = { ratio: Float64Array; sums: Float64Array }

type Good = { places: number[]; score: number }

/**
 * The tree-structured Parzen estimator of Bergstra et al. 2011: tries where good trials are likely and others are
 * not, dimension by dimension. The first generation is by chance.
 */
export class TpeChooser implements Chooser {
  readonly generation = 24
  readonly #chance: SeededChance
  readonly #untried: Untried
  readonly #dimensions: readonly ParzenDimension[]
  /** The best trials, best first. */
  readonly #best: Good[] = []
  #told = 0

  constructor(
    private readonly space: SpaceShape,
    seed: number,
  ) {
    this.#chance = new SeededChance(seed)
    this.#untried = new Untried(space, seed)
    // Variants are unlike each other, and so are the two places of a switch.
    this.#dimensions = radicesOf(space).map((radix, at) => new ParzenDimension(radix, at > 0 && radix > 2))
  }

  choose(count: number): number[] {
    const good = this.#best.slice(0, Math.ceil(GOOD_SHARE * this.#told))
    if (good.length === 0) return Array.from({ length: count }, () => this.#untried.takeAny())
    const densities = this.#dimensions.map((dimension, at) => {
      const density = dimension.densities(good.map(({ places }) => places[at]))
      return {
        ratio: density.good.map((likelihood, cell) => likelihood / density.bad[cell]),
        sums: sumsOf(density.good),
      }
    })
    return Array.from({ length: count }, () => this.#untried.takeNear(this.#likeliest(densities), this.#chance))
  }

  learn(numbers: Float64Array, scores: Float64Array): void {
    numbers.forEach((number, at) => this.#learnOne(placesOf(this.space, number), scores[at]))
  }

  #learnOne(places: number[], score: number): void {
    this.#told++
    this.#dimensions.forEach((dimension, at) => dimension.add(places[at]))
    if (Number.isNaN(score)) return
    const worse = this.#best.findIndex((one) => one.score < score)
    this.#best.splice(worse < 0 ? this.#best.length : worse, 0, { places, score })
    if (this.#best.length > MOST_GOOD) this.#best.pop()
  }

  /** Of some draws from the good, the one with the largest ratio of good to bad. */
  #likeliest(densities: readonly Density[]): number[] {
    let best: number[] = []
    let bestRatio = -Infinity
    for (let draw = 0; draw < CANDIDATES; draw++) {
      const cells = densities.map(({ sums }) => drawn(sums, this.#chance.uniform()))
      const ratio = densities.reduce((product, density, at) => product * density.ratio[cells[at]], 1)
      if (ratio <= bestRatio) continue
      bestRatio = ratio
      best = cells
    }
    return best.map((cell, at) => this.#dimensions[at].placeIn(cell, this.#chance.uniform()))
  }
}

/** The sums of likelihoods up to each cell. */
function sumsOf(density: Float64Array): Float64Array {
  let sum = 0
  return density.map((likelihood) => (sum += likelihood))
}

/** The cell where the sum of likelihoods passes `chance`. */
function drawn(sums: Float64Array, chance: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle] > chance) high = middle
    else low = middle + 1
  }
  return low
}
