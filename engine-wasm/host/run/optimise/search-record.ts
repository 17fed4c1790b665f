import { formatCount, formatNumber } from "../../candles/number-format.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { toldScore } from "../search/constraints.ts"
import { nothingJudged } from "../search/objective.ts"
import { combinationAt } from "../search/search-space.ts"
import { addTrials, emptyTopList, type TopList, type TopTrial } from "../search/top-list.ts"
import { rowOfFigures } from "../sweep/sweep-row.ts"
import { FrontSoFar } from "./front-so-far.ts"
import type { Generation } from "./generation-run.ts"
import { heatMapOf } from "./heat-map.ts"
import { objectivesOf } from "./judge.ts"
import type { HeatMap, Optimisation, TrialRow } from "./optimisation.ts"
import type { OptimisePlan, SearchTerms } from "./optimise-task.ts"
import { learns, type SearchedSoFar } from "./search-stage.ts"

const MOST_LEADERS = 10

/** A search as far as it has come, for going on from there. */
export type SearchState = SearchedSoFar & { list: TopList; front: TopTrial[]; refused: Optimisation["refused"] }

/** What is kept of a search while it runs: the best, maps, a sample and counts. Its memory does not grow with the trials. */
export class SearchRecord {
  readonly #state: SearchState
  readonly #front: FrontSoFar
  #leaders: readonly TrialRow[]

  constructor(
    private readonly terms: SearchTerms,
    private readonly plan: OptimisePlan,
    before?: SearchState,
  ) {
    this.#state = structuredClone(before) ?? {
      generations: 0,
      told: [],
      list: emptyTopList(terms.space, { seed: plan.seed }),
      front: [],
      refused: { count: 0 },
    }
    this.#front = new FrontSoFar(objectivesOf(plan))
    this.#leaders = this.rows.slice(0, MOST_LEADERS)
  }

  get soFar(): SearchedSoFar {
    return { generations: this.#state.generations, told: this.#state.told }
  }
  get evaluated(): number {
    return this.#state.list.trials
  }
  get refused(): Optimisation["refused"] {
    return this.#state.refused
  }
  /** The best, best first. */
  get rows(): TrialRow[] {
    return this.#judged.map((trial) => this.#rowOf(trial))
  }
  get best(): { row: TrialRow; place: number; holds: boolean } | undefined {
    const [best] = this.#judged
    const place = best && toldScore(best.score, best.standing)
    return best && { row: this.#rowOf(best), place, holds: best.standing === 0 }
  }
  get leaders(): readonly TrialRow[] {
    return this.#leaders
  }
  /** How many trials traded, so that they have a Sharpe ratio. */
  get tradedTrials(): number {
    return this.#state.list.sharpe.count
  }
  /** Numbers of some trials that traded, by chance. */
  get sample(): readonly number[] {
    return this.#state.list.sample.filter(({ standing }) => standing !== 2).map(({ number }) => number)
  }

  /** Takes what a generation found; call in the order they were asked for. */
  take(generation: Generation): void {
    const state = this.#state
    const { numbers, places, refused } = generation
    addTrials(state.list, generation)
    state.front = this.#front.with(state.front, generation)
    state.generations++
    if (learns(this.plan)) state.told = [...state.told, { numbers, scores: places }]
    state.refused = {
      count: state.refused.count + refused.length,
      because: state.refused.because ?? refused[0]?.because,
    }
    this.#leaders = this.rows.slice(0, MOST_LEADERS)
  }

  /** A snapshot that no later `take` changes. */
  state(): SearchState {
    return structuredClone(this.#state)
  }

  /** Why nothing could be chosen. */
  problem(): StrategyProblem {
    if (this.#state.list.sharpe.count > 0)
      return { path: "objective", because: nothingJudged(objectivesOf(this.plan)[0]) }
    const { count, because } = this.refused
    const refused = because === undefined ? "" : ` ${formatNumber(count)} could not be run: ${because}.`
    return {
      path: "",
      because: `none of ${formatCount(this.evaluated, "combination")} ever traded.${refused} Nothing was lost; take other values, loosen the rules or take a longer history`,
    }
  }

  heatMaps(): HeatMap[] {
    return this.#state.list.maps.map((cells) => heatMapOf(this.terms.space, cells))
  }

  /** Combinations that none beats in all objectives; nothing where there is only one. */
  front(): TrialRow[] | undefined {
    return this.plan.objectives.length > 1 ? this.#state.front.map((trial) => this.#rowOf(trial)) : undefined
  }

  get #judged(): TopTrial[] {
    return this.#state.list.best.filter(({ standing }) => standing !== 2)
  }

  #rowOf({ number, score, figures }: TopTrial): TrialRow {
    const { params: _, ...own } = rowOfFigures({}, Float64Array.from(figures))
    return { number, ...combinationAt(this.terms.space, number), score, figures: own }
  }
}
