import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { CmaesChooser } from "./cmaes-chooser.ts"
import { GridChooser } from "./grid-chooser.ts"
import { RandomChooser } from "./random-chooser.ts"
import type { SearchMethod } from "./search-method.ts"
import { combinationCount, type SpaceShape } from "./search-space.ts"
import { gridProblems, MOST_GRID_COMBINATIONS } from "./space-problems.ts"
import { TpeChooser } from "./tpe-chooser.ts"

/** The ways to search, as people name them. */
export const searchMethods = ["grid", "random", "tpe", "cmaes"] as const
export type SearchMethodName = (typeof searchMethods)[number]

/** How many combinations to try, and where chance begins. A grid tries all, and needs neither. */
export type SearchPlan = { method: SearchMethodName; trials?: number; seed?: number }

/** Combinations tried where nobody says how many. */
export const USUAL_TRIALS = 200

/** The methods that learn keep every number they asked for, so that none is asked for twice. */
export const MOST_LEARNT_TRIALS = 100_000

/** What is special about a method: which combinations come next, and what it learns from their scores. */
export type Chooser = {
  /** Combinations it chooses at once. */
  readonly generation: number
  /** Exactly `count` combinations, none of them chosen before; the caller knows that there are as many. */
  choose(count: number): number[]
  /** Larger scores are better; NaN cannot be judged. */
  learn(numbers: Float64Array, scores: Float64Array): void
}

/** Why a plan cannot be carried out in this space; empty: it can. `perSecond`: combinations run in a second, if known. */
export function planProblems(space: SpaceShape, plan: SearchPlan, perSecond?: number): StrategyProblem[] {
  const { method, trials = USUAL_TRIALS, seed = 1 } = plan
  if (!Number.isSafeInteger(seed) || seed < 0)
    return [{ path: "seed", because: `the seed is a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not ${seed}` }]
  if (method === "grid") return gridProblems(space, perSecond)
  const most = method === "random" ? MOST_GRID_COMBINATIONS : MOST_LEARNT_TRIALS
  return Number.isSafeInteger(trials) && trials >= 1 && trials <= most
    ? []
    : [{ path: "trials", because: `${method} tries 1 to ${most.toLocaleString("en")} combinations, not ${trials}` }]
}

/** How many combinations a plan tries in this space. */
export function plannedTrials(space: SpaceShape, { method, trials = USUAL_TRIALS }: SearchPlan): number {
  const count = combinationCount(space)
  return method === "grid" ? count : Math.min(trials, count)
}

/**
 * A search of this space. The same space, plan and scores make it ask for the same combinations on every machine and
 * with any number of workers.
 */
export function searchMethod(space: SpaceShape, plan: SearchPlan): SearchMethod {
  return new Search(chooserOf(space, plan), plannedTrials(space, plan))
}

function chooserOf(space: SpaceShape, { method, seed = 1 }: SearchPlan): Chooser {
  if (method === "grid") return new GridChooser()
  if (method === "random") return new RandomChooser(space, seed)
  return method === "tpe" ? new TpeChooser(space, seed) : new CmaesChooser(space, seed)
}

/** Holds a method to its turns: ask, tell, ask, tell, until the trials are used up. */
class Search implements SearchMethod {
  #left: number
  #asked: Float64Array | undefined

  constructor(
    private readonly chooser: Chooser,
    trials: number,
  ) {
    this.#left = trials
  }

  ask(): Float64Array {
    if (this.#asked) throw new Error("tell the scores of the last generation first")
    const numbers = Float64Array.from(this.chooser.choose(Math.min(this.chooser.generation, this.#left)))
    this.#left -= numbers.length
    this.#asked = numbers.length > 0 ? numbers : undefined
    return numbers
  }

  tell(scores: Float64Array): void {
    const asked = this.#asked
    if (asked?.length !== scores.length) throw new Error("tell one score for each combination asked for")
    this.#asked = undefined
    this.chooser.learn(asked, scores)
  }
}
