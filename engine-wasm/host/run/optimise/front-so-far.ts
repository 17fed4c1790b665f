import { paretoFront } from "../../result/statistics/pareto-front.ts"
import type { Objective } from "../search/objective.ts"
import type { TopTrial } from "../search/top-list.ts"
import { sweepFigures } from "../sweep/sweep-row.ts"
import type { Generation } from "./generation-run.ts"

/** A front of more than this is no choice any more; those best by the first objective stay. */
const MOST_ON_THE_FRONT = 500

/** The combinations that none beats in all objectives, of all trials so far. */
export class FrontSoFar {
  constructor(private readonly objectives: readonly Objective[]) {}

  /** The front of these and a generation's trials that hold every constraint. */
  with(front: readonly TopTrial[], generation: Generation): TopTrial[] {
    if (this.objectives.length < 2) return []
    const all = [...front, ...heldTrials(generation)]
    const scores = this.objectives.map(({ scoreOf }) => Float64Array.from(all, ({ figures }) => scoreOf(figures, 0)))
    return [...paretoFront(scores)]
      .map((at) => all[at])
      .toSorted((a, b) => b.score - a.score || a.number - b.number)
      .slice(0, MOST_ON_THE_FRONT)
  }
}

function heldTrials({ numbers, scores, standings, figures }: Generation): TopTrial[] {
  const width = sweepFigures.length
  return [...numbers.keys()]
    .filter((at) => standings[at] === 0)
    .map((at) => ({
      number: numbers[at],
      score: scores[at],
      standing: 0,
      figures: [...figures.subarray(at * width, (at + 1) * width)],
    }))
}
