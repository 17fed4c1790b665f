import { numberOf, placesOf, type SearchSpace } from "../search/search-space.ts"
import { judgeOf } from "./judge.ts"
import type { Period, Plateau, TrialRow } from "./optimisation.ts"
import type { OptimisePlan, SearchTerms, TaskRunner } from "./optimise-task.ts"

/** So many of the best are compared by their neighbours. */
const COMPARED = 20

type Asked = { terms: SearchTerms; plan: OptimisePlan; signal?: AbortSignal }

/** The best of the best by what their neighbours are worth, and the maximum with its own. */
export type Plateaus = { best: Plateau; chosen: Plateau; isSpike: boolean }

/**
 * Looks one step around the best combinations: a peak without good neighbours is chance more often than one among
 * them. Their neighbours
 * are run again: a list of the best does not have them.
 */
export async function plateaus(
  runner: TaskRunner,
  { terms, plan, signal }: Asked,
  { rows, period }: { rows: readonly TrialRow[]; period: Period },
): Promise<Plateaus> {
  const compared = rows.slice(0, COMPARED)
  const around = compared.map(({ number }) => neighboursOf(terms.space, number))
  const numbers = Float64Array.from(new Set(around.flat())).sort()
  const scores = await scoresAt({ runner, terms, plan, period, numbers, signal })
  const scoreOf = (number: number) => scores[numbers.indexOf(number)]
  const all = compared.map((row, n) => plateauOf(row, around[n].map(scoreOf)))
  const chosen = all.reduce((one, other) => (levelOf(other) > levelOf(one) ? other : one))
  return { best: all[0], chosen, isSpike: isSpike(all[0]) }
}

async function scoresAt({
  runner,
  terms,
  plan,
  period,
  numbers,
  signal,
}: Asked & { runner: TaskRunner; period: Period; numbers: Float64Array }): Promise<Float64Array> {
  const { figures } = await runner.run({ kind: "figures", terms, stretch: period, numbers }, signal)
  const { scores, standings } = judgeOf(plan)(figures)
  return scores.map((score, n) => (standings[n] === 1 ? -Infinity : score))
}

/** One step up and down in every param; variants have no order, and no neighbours. */
export function neighboursOf(space: SearchSpace, number: number): number[] {
  const places = placesOf(space, number)
  return space.dimensions.flatMap(({ values }, dimension) =>
    [-1, 1]
      .map((step) => places[dimension + 1] + step)
      .filter((place) => place >= 0 && place < values.length)
      .map((place) => numberOf(space, places.with(dimension + 1, place))),
  )
}

function plateauOf(row: TrialRow, scores: readonly number[]): Plateau {
  const judged = scores.filter((score) => !Number.isNaN(score)).toSorted((a, b) => a - b)
  const middle = judged.length >> 1
  const median = judged.length % 2 === 1 ? judged[middle] : (judged[middle - 1] + judged[middle]) / 2
  return { row, neighbours: scores.length, neighboursMedian: judged.length === 0 ? null : median }
}

/** What a person who lands a step beside it gets: the lower of its own score and its neighbours'. */
function levelOf({ row, neighboursMedian }: Plateau): number {
  return neighboursMedian === null ? -Infinity : Math.min(row.score ?? -Infinity, neighboursMedian)
}

/** Neighbours that keep less than this share of the best score fall off it. */
const KEPT_SHARE = 0.5

function isSpike({ row, neighboursMedian }: Plateau): boolean {
  return row.score !== null && row.score > 0 && neighboursMedian !== null && neighboursMedian < KEPT_SHARE * row.score
}
