import { sweepFigures } from "../sweep/sweep-row.ts"
import { standingOf, toldScore, type Constraints } from "./constraints.ts"
import type { Objective } from "./objective.ts"
import type { Trials } from "./top-list.ts"

/** How trials are judged: by an objective, under constraints, from rows of these figures. */
export type Judge = { objective: Objective; constraints: Constraints; figures?: readonly string[] }

/**
 * Combinations with their score and standing, from a row of figures for each (NaN: no meaning here). A combination
 * that could not be run has a row of NaN, and cannot be judged.
 */
export function judgedTrials(
  { objective, constraints, figures: names = sweepFigures }: Judge,
  { numbers, figures }: Pick<Trials, "numbers" | "figures">,
): Trials {
  const standing = standingOf(constraints, names)
  const scores = numbers.map((_, at) => objective.scoreOf(figures, at * names.length))
  const standings = Array.from(scores, (score, at) => standing(score, figures, at * names.length))
  return { numbers, scores, standings, figures }
}

/** What a search method learns of these trials. */
export function toldScores({ scores, standings }: Pick<Trials, "scores" | "standings">): Float64Array {
  return scores.map((score, at) => toldScore(score, standings[at]))
}
