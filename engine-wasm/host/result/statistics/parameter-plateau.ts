import { medianOf } from "./quantile.ts"

/** Tried combinations on their grid. */
export type TriedGrid = {
  /** How many values each dimension has; a combination is a whole number of mixed radix, the last changes fastest. */
  sizes: readonly number[]
  /** Whether a dimension's values lie beside each other (a length does, a choice of rules does not); all by default. */
  isOrdered?: readonly boolean[]
  /** The combinations tried, and how good each was; NaN cannot be judged. Some of the grid may be missing. */
  numbers: Float64Array
  scores: Float64Array
}

/** For each tried combination, in the same order. */
export type ParameterPlateau = {
  /** The median score of its neighbours: one step up or down in one dimension. NaN where none was judged. */
  neighboursMedian: Float64Array
  /** The lower of its own score and its neighbours' median. NaN where either is. */
  plateauScore: Float64Array
  /** Where the plateau score is highest, the first if several are; undefined if nowhere. */
  best: number | undefined
}

/**
 * Whether good settings stand on a plateau or on a spike: what is good for a reason stays good when it is turned a bit.
 * The best plateau is the choice that loses least when the market turns out a little different.
 */
export function parameterPlateau(grid: TriedGrid): ParameterPlateau {
  const { numbers, scores } = grid
  const placeOf = new Map<number, number>()
  numbers.forEach((number, place) => placeOf.set(number, place))
  const steps = stepsOf(grid)
  const neighboursMedian = numbers.map((number) => medianOf(neighbourScores(number, { steps, placeOf, scores })))
  const plateauScore = scores.map((score, place) => Math.min(score, neighboursMedian[place]))
  return { neighboursMedian, plateauScore, best: placeOfMost(plateauScore) }
}

/** In a combination's number: its place in a dimension is floor(number / width) % size. */
type Step = { width: number; size: number }

function stepsOf({ sizes, isOrdered }: TriedGrid): Step[] {
  let width = 1
  const steps = sizes.toReversed().map((size) => {
    const step = { width, size }
    width *= size
    return step
  })
  return steps.toReversed().filter((_, dimension) => isOrdered?.[dimension] ?? true)
}

type Tried = { steps: readonly Step[]; placeOf: ReadonlyMap<number, number>; scores: Float64Array }

function neighbourScores(number: number, { steps, placeOf, scores }: Tried): Float64Array {
  const found: number[] = []
  for (const { width, size } of steps) {
    const place = Math.floor(number / width) % size
    const around = [place > 0 ? number - width : undefined, place < size - 1 ? number + width : undefined]
    for (const neighbour of around) {
      const at = neighbour === undefined ? undefined : placeOf.get(neighbour)
      if (at !== undefined && !Number.isNaN(scores[at])) found.push(scores[at])
    }
  }
  return Float64Array.from(found)
}

function placeOfMost(values: Float64Array): number | undefined {
  let best: number | undefined
  for (let at = 0; at < values.length; at++)
    if (!Number.isNaN(values[at]) && (best === undefined || values[at] > values[best])) best = at
  return best
}
