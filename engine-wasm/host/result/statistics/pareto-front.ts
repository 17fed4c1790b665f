/** Points beyond this would take too long to compare with one another; keep the best of them by one objective first. */
export const MOST_PARETO_POINTS = 20_000

/**
 * The points no other is better than: none at least as good in every objective and better in one (V. Pareto, 1896).
 * Every objective is to be large; equal points are all kept; a point with NaN is not. Places ascending.
 */
export function paretoFront(objectives: readonly Float64Array[]): Uint32Array {
  const count = objectives[0]?.length ?? 0
  if (count > MOST_PARETO_POINTS) throw new RangeError(`A front of ${count} points; at most ${MOST_PARETO_POINTS}.`)
  const judged = new Uint32Array(count)
    .map((_, at) => at)
    .filter((at) => objectives.every((values) => !Number.isNaN(values[at])))
  // From the best of the first objective down, a point can only be beaten by one that came before it.
  judged.sort((one, other) => compare(objectives, other, one))
  const front: number[] = []
  for (const at of judged) if (!front.some((other) => beats(objectives, other, at))) front.push(at)
  return Uint32Array.from(front).sort()
}

function compare(objectives: readonly Float64Array[], one: number, other: number): number {
  for (const values of objectives) if (values[one] !== values[other]) return values[one] < values[other] ? -1 : 1
  return 0
}

function beats(objectives: readonly Float64Array[], one: number, other: number): boolean {
  let better = false
  for (const values of objectives) {
    if (values[one] < values[other]) return false
    if (values[one] > values[other]) better = true
  }
  return better
}
