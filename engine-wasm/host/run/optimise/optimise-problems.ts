import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import { constraintProblems } from "../search/constraints.ts"
import { readObjectives } from "../search/objective.ts"
import { planProblems } from "../search/search.ts"
import { spaceProblems } from "../search/space-problems.ts"
import type { OptimiseRequest } from "./optimisation.ts"

/** More than half locked away leaves too little to learn from. */
export const MOST_HELD_OUT_PERCENT = 50

/** Why this cannot be searched, each with its place; empty: it can, over a history that is long enough. */
export function optimiseProblems({
  terms,
  plan,
  holdOutPercent,
  coinFlips = 0,
}: Omit<OptimiseRequest, "history">): StrategyProblem[] {
  const { space, params } = terms
  const objectives = readObjectives(plan.objectives)
  return [
    ...spaceProblems(space, params),
    ...planProblems(space, plan),
    ...(objectives.ok ? [] : objectives.problems),
    ...constraintProblems(plan),
    ...heldOutProblems(holdOutPercent),
    ...coinFlipProblems(coinFlips),
  ]
}

function heldOutProblems(percent: number): StrategyProblem[] {
  return percent >= 0 && percent <= MOST_HELD_OUT_PERCENT
    ? []
    : [{ path: "holdOutPercent", because: `it is from 0 to ${MOST_HELD_OUT_PERCENT}, not ${percent}` }]
}

/** More markets than this show nothing more. */
const MOST_COIN_FLIPS = 10_000

function coinFlipProblems(coinFlips: number): StrategyProblem[] {
  return Number.isSafeInteger(coinFlips) && coinFlips >= 0 && coinFlips <= MOST_COIN_FLIPS
    ? []
    : [{ path: "coinFlips", because: `they are a whole number up to ${MOST_COIN_FLIPS}, not ${coinFlips}` }]
}
