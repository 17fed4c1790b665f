import { judgedTrials, toldScores } from "../search/judged-trials.ts"
import { constraintsFor } from "../search/halving.ts"
import { readObjectives, type Objective } from "../search/objective.ts"
import type { Trials } from "../search/top-list.ts"
import { TaskRefused, type OptimisePlan } from "./optimise-task.ts"

/** Trials and what a search learns of them: larger is better, constraints first; NaN for what never traded or has no value. */
export type Judged = Trials & { places: Float64Array }
export type Judge = (numbers: Float64Array, figures: Float64Array, share?: number) => Judged

/**
 * Judges rows of figures by a plan's first objective and its constraints; `share`: over so much of the candles, which
 * asks for as many fewer trades. Throws `TaskRefused` for a formula that is none.
 */
export function judgeOf(plan: OptimisePlan): Judge {
  const [objective] = objectivesOf(plan)
  return (numbers, figures, share = 1) => {
    const trials = judgedTrials({ objective, constraints: constraintsFor(share, plan) }, { numbers, figures })
    return { ...trials, places: toldScores(trials) }
  }
}

/** A plan's objectives, the leading one first. Throws `TaskRefused` for a formula that is none. */
export function objectivesOf({ objectives }: OptimisePlan): Objective[] {
  const read = readObjectives(objectives)
  if (!read.ok) throw new TaskRefused(read.problems[0].because)
  return read.objectives
}
