import { parameterPlateau } from "../../result/statistics/parameter-plateau.ts"
import { numberOf, placesOf, radicesOf, type SearchSpace } from "../search/search-space.ts"
import { judgeOf } from "./judge.ts"
import type { Period, Plateau, TrialRow } from "./optimisation.ts"
import type { OptimisePlan, SearchTerms, TaskRunner } from "./optimise-task.ts"

/** So many of the best are compared by their neighbours. */
const COMPARED = 20

/** Neighbours that keep less than this share of the best score fall off it. */
const KEPT_SHARE = 0.5

type Asked = { terms: SearchTerms; plan: OptimisePlan; signal?: AbortSignal }

/** The best with what its neighbours are worth, and the one of the best whose neighbours are good too. */
export type Plateaus = { best: Plateau; chosen: Plateau; isSpike: boolean }

/**
 * Looks one step around the best combinations: a peak without good neighbours is chance more often than one among
 * them. Their neighbours are run again: a list of the best does not have them.
 */
export async function plateaus(
  runner: TaskRunner,
  { terms, plan, signal }: Asked,
  { rows, period }: { rows: readonly TrialRow[]; period: Period },
): Promise<Plateaus> {
  const compared = rows.slice(0, COMPARED)
  const numbers = withNeighbours(terms.space, compared)
  const { figures } = await runner.run({ kind: "figures", terms, stretch: period, numbers }, signal)
  const { scores, standings } = judgeOf(plan)(numbers, figures)
  const { neighboursMedian, plateauScore } = parameterPlateau({
    sizes: radicesOf(terms.space),
    isOrdered: [false, ...terms.space.dimensions.map(() => true)],
    numbers,
    // What breaks a constraint is no ground to stand on.
    scores: scores.map((score, at) => (standings[at] === 1 ? -Infinity : score)),
  })
  const at = compared.map(({ number }) => numbers.indexOf(number))
  const all = compared.map((row, n) => ({ row, neighboursMedian: finite(neighboursMedian[at[n]]) }))
  const good = [...compared.keys()].filter((n) => plateauScore[at[n]] > 0)
  const chosen = good.reduce((best, n) => (plateauScore[at[n]] > plateauScore[at[best]] ? n : best), good[0] ?? 0)
  return { best: all[0], chosen: all[chosen], isSpike: isSpike(all[0]) }
}

/** These and whatever is one step up or down in one param; variants have no order, and no neighbours. */
function withNeighbours(space: SearchSpace, rows: readonly TrialRow[]): Float64Array {
  const around = rows.flatMap(({ number }) => neighboursOf(space, number))
  return Float64Array.from(new Set([...rows.map(({ number }) => number), ...around])).sort()
}

function neighboursOf(space: SearchSpace, number: number): number[] {
  const places = placesOf(space, number)
  return space.dimensions.flatMap(({ values }, dimension) =>
    [-1, 1]
      .map((step) => places[dimension + 1] + step)
      .filter((place) => place >= 0 && place < values.length)
      .map((place) => numberOf(space, places.with(dimension + 1, place))),
  )
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function isSpike({ row, neighboursMedian }: Plateau): boolean {
  if (row.score === null || row.score <= 0) return false
  return neighboursMedian !== null && neighboursMedian < KEPT_SHARE * row.score
}
