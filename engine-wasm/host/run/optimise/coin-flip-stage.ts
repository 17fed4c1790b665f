import { learns } from "./search-stage.ts"
import type { CoinFlipSearch } from "./optimisation.ts"
import type { OptimisePlan, SearchAnswer, SearchTerms, Stretch, TaskRunner } from "./optimise-task.ts"

/** Coin-flip markets a search is repeated on: the fewest that can show 1 in 50, and as many as are worth the time. */
const FEWEST_TRIES = 49
export const USUAL_TRIES = 199
/** Candles times combinations to spend on them: where they run over the candles together, and where each runs alone. */
const MOST_WORK = 2e9
const MOST_WORK_ALONE = 1e8

type Asked = { terms: SearchTerms; plan: OptimisePlan; stretch: Stretch; signal?: AbortSignal }
type Found = Pick<SearchAnswer, "score" | "place" | "evaluated"> & Work

/**
 * Repeats a search on markets whose every move goes up or down by a coin, so that there is nothing to find: how often
 * does it find as much as on the real one? Holds for any search, any objective and any dependence between combinations.
 * Aronson, "Evidence-Based Technical Analysis" (2006), chapter 6; Masters, "Permutation and Randomization Tests for
 * Trading System Development" (2018); the idea of testing the best of many is White's "A Reality Check for Data
 * Snooping" (2000).
 */
export async function coinFlipSearch(
  runner: TaskRunner,
  asked: Asked,
  { onDone, candles, most, isAlone, ...best }: Found & { onDone: () => void },
): Promise<CoinFlipSearch | undefined> {
  if (!Number.isFinite(best.place) || most === 0) return undefined
  const { trials, tries } = affordable({ evaluated: best.evaluated, candles, most, isAlone })
  const isSample = trials < best.evaluated
  const plan = isSample ? sampledPlan(asked.plan, trials) : asked.plan
  const real = isSample ? await searched(runner, { ...asked, plan }) : best
  const found = await Promise.all(
    Array.from({ length: tries }, async (_, n) => {
      const remade = { kind: "flipped" as const, seed: asked.plan.seed + n }
      const one = await searched(runner, { ...asked, plan, stretch: { ...asked.stretch, remade } })
      onDone()
      return one
    }),
  )
  const pValue = pValueOf(
    real.place,
    found.map(({ place }) => place),
  )
  return { tries, scores: Float64Array.from(found, ({ score }) => score), score: real.score, pValue, trials }
}

/** Combinations, candles, and how many markets at most. */
type Work = { evaluated: number; candles: number; most: number; isAlone: boolean }

/** How many combinations, on how many markets, are worth the time. */
function affordable({ evaluated, candles, most, isAlone }: Work): { trials: number; tries: number } {
  const work = isAlone ? MOST_WORK_ALONE : MOST_WORK
  const fewest = Math.min(FEWEST_TRIES, most)
  const trials = Math.min(evaluated, Math.max(1, Math.floor(work / candles / fewest)))
  return { trials, tries: Math.round(Math.min(most, Math.max(fewest, work / candles / trials))) }
}

/** On how many coin-flip markets a search of so many combinations is repeated. */
export function coinFlipSteps(work: Work): number {
  return affordable(work).tries
}

/** The work of repeating a search of so many combinations, in candles times combinations. */
export function coinFlipWork(work: Work): number {
  const { trials, tries } = affordable(work)
  return trials * tries * work.candles
}

/** One-sided and never 0: (1 + those at least as good) / (1 + all). Phipson & Smyth (2010). */
export function pValueOf(place: number, others: readonly number[]): number {
  return (1 + others.filter((other) => other >= place).length) / (1 + others.length)
}

/** A smaller search of the same kind; which combinations are in it must not depend on what was found. */
function sampledPlan(plan: OptimisePlan, trials: number): OptimisePlan {
  return { ...plan, trials, method: learns(plan) ? plan.method : "random" }
}

function searched(runner: TaskRunner, { terms, plan, stretch, signal }: Asked): Promise<SearchAnswer> {
  return runner.run({ kind: "search", terms, plan, stretch }, signal)
}
