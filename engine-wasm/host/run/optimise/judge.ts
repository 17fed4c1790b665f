import { readObjectives, type Objective } from "../search/objective.ts"
import { standingOf, toldScore, type Standing } from "../search/constraints.ts"
import { sweepFigures } from "../sweep/sweep-row.ts"
import { TaskRefused, type OptimisePlan } from "./optimise-task.ts"

/** How rows of figures compare: in their objective's units, and as places that rank constraints first. */
export type Judged = {
  /** NaN where the objective has no value. */
  scores: Float64Array
  standings: Uint8Array
  /** Larger is better; NaN for what never traded or cannot be judged. */
  places: Float64Array
}

/** Judges rows of figures by a plan's first objective and its constraints. Throws `TaskRefused` for a formula that is none. */
export function judgeOf(plan: OptimisePlan): (figures: Float64Array) => Judged {
  const [objective] = objectivesOf(plan)
  const standing = standingOf(plan)
  return (figures) => {
    const count = figures.length / sweepFigures.length
    const judged = {
      scores: new Float64Array(count),
      standings: new Uint8Array(count),
      places: new Float64Array(count),
    }
    for (let n = 0; n < count; n++) {
      const at = n * sweepFigures.length
      const score = objective.scoreOf(figures, at)
      const stands: Standing = standing(score, figures, at)
      judged.scores[n] = score
      judged.standings[n] = stands
      judged.places[n] = toldScore(score, stands)
    }
    return judged
  }
}

export function objectivesOf({ objectives }: OptimisePlan): Objective[] {
  const read = readObjectives(objectives)
  if (!read.ok) throw new TaskRefused(read.problems[0].because)
  return read.objectives
}
