import { formatCount, formatNumber } from "../../candles/number-format.ts"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { nothingJudged } from "../search/objective.ts"
import { combinationAt } from "../search/search-space.ts"
import { rowOfFigures, sweepFigures } from "../sweep/sweep-row.ts"
import type { HeatMap, Optimisation, TrialRow } from "./optimisation.ts"
import type { OptimisePlan, SearchTerms } from "./optimise-task.ts"
import { objectivesOf } from "./judge.ts"
import { learns, type Generation, type SearchedSoFar } from "./search-stage.ts"

/** Of all that was tried, this many of the best are kept, and this many by chance. */
export const MOST_TRIALS_KEPT = 200
const MOST_SAMPLED = 256
const MOST_LEADERS = 10

type PlacedRow = { place: number; row: TrialRow }

/** A search as far as it has come, for going on from there. */
export type SearchState = SearchedSoFar & {
  evaluated: number
  /** How many of them traded at all. */
  traded: number
  refused: Optimisation["refused"]
  rows: PlacedRow[]
  sample: number[]
}

/** What is kept of a search while it runs: the best, a sample, and counts. Its memory does not grow with the trials. */
export class SearchRecord {
  readonly #state: SearchState
  #leaders: readonly TrialRow[]

  constructor(
    private readonly terms: SearchTerms,
    private readonly plan: OptimisePlan,
    before?: SearchState,
  ) {
    this.#state = structuredClone(before) ?? {
      generations: 0,
      told: [],
      evaluated: 0,
      traded: 0,
      refused: { count: 0 },
      rows: [],
      sample: [],
    }
    this.#leaders = this.rows.slice(0, MOST_LEADERS)
  }

  get soFar(): SearchedSoFar {
    return { generations: this.#state.generations, told: this.#state.told }
  }
  get evaluated(): number {
    return this.#state.evaluated
  }
  get refused(): Optimisation["refused"] {
    return this.#state.refused
  }
  get rows(): TrialRow[] {
    return this.#state.rows.map(({ row }) => row)
  }
  get best(): PlacedRow | undefined {
    return this.#state.rows[0]
  }
  get leaders(): readonly TrialRow[] {
    return this.#leaders
  }
  get sample(): readonly number[] {
    return this.#state.sample
  }

  /** Takes what a generation found; call in the order they were asked for. */
  take(generation: Generation): void {
    const state = this.#state
    const { numbers, places, refused } = generation
    this.#sampleOf(numbers)
    state.evaluated += numbers.length
    state.traded += tradedIn(generation.figures)
    state.generations++
    if (learns(this.plan)) state.told = [...state.told, { numbers, scores: places }]
    state.refused = {
      count: state.refused.count + refused.length,
      because: state.refused.because ?? refused[0]?.because,
    }
    this.#keepBest(generation)
  }

  /** A snapshot that no later `take` changes. */
  state(): SearchState {
    return { ...this.#state, rows: [...this.#state.rows], sample: [...this.#state.sample] }
  }

  /** Why nothing could be chosen. */
  problem(): StrategyProblem {
    if (this.#state.traded > 0) return { path: "objective", because: nothingJudged(objectivesOf(this.plan)[0]) }
    const { count, because } = this.refused
    const refused = because === undefined ? "" : ` ${formatNumber(count)} could not be run: ${because}.`
    return {
      path: "",
      because: `none of ${formatCount(this.evaluated, "combination")} ever traded.${refused} Nothing was lost; take other values, loosen the rules or take a longer history`,
    }
  }

  heatMaps(): HeatMap[] {
    return []
  }

  front(): TrialRow[] | undefined {
    return undefined
  }

  /** Vitter's algorithm R; chance begins anew with each generation, so that going on is the same as not stopping. */
  #sampleOf(numbers: Float64Array): void {
    const { sample, evaluated, generations } = this.#state
    const chance = new SeededChance(this.plan.seed + generations)
    numbers.forEach((number, at) => {
      const place = sample.length < MOST_SAMPLED ? sample.length : Math.floor(chance.uniform() * (evaluated + at + 1))
      if (place < MOST_SAMPLED) sample[place] = number
    })
  }

  #keepBest({ numbers, figures, scores, places }: Generation): void {
    const { rows } = this.#state
    const worst = rows.length < MOST_TRIALS_KEPT ? -Infinity : rows[rows.length - 1].place
    numbers.forEach((number, at) => {
      if (!(places[at] > worst)) return
      const own = figures.subarray(at * sweepFigures.length, (at + 1) * sweepFigures.length)
      const { params: _, ...row } = rowOfFigures({}, own)
      rows.push({
        place: places[at],
        row: { number, ...combinationAt(this.terms.space, number), score: scores[at], figures: row },
      })
    })
    rows.sort((a, b) => b.place - a.place || a.row.number - b.row.number)
    rows.length = Math.min(rows.length, MOST_TRIALS_KEPT)
    this.#leaders = this.rows.slice(0, MOST_LEADERS)
  }
}

const TRADES = sweepFigures.indexOf("tradeCount")

function tradedIn(figures: Float64Array): number {
  let count = 0
  for (let at = TRADES; at < figures.length; at += sweepFigures.length) count += Number(figures[at] > 0)
  return count
}
