import type { SeededChance } from "../../candles/synthetic/seeded-chance.ts"

/** Points in groups: which group each is in, and the groups' centres, one value for each column. */
export type Groups = { groupOf: Uint8Array; centres: number[][]; squaredDistances: number }

const MOST_ROUNDS = 100
/** A round that makes the sum of squares less by a smaller share than this is the last. */
const LEAST_GAIN_SHARE = 1e-5

/**
 * Groups of points that are near each other: Lloyd's algorithm (1982) from a beginning by k-means++ (D. Arthur and S.
 * Vassilvitskii, 2007). Each column is a feature; those of different units must be made comparable before
 * (`standardised`). Undefined for fewer distinct points than groups.
 */
export function kMeans(
  columns: readonly Float64Array[],
  { groups, chance }: { groups: number; chance: SeededChance },
): Groups | undefined {
  const centres = firstCentres(columns, { groups, chance })
  if (centres === undefined) return undefined
  const groupOf = new Uint8Array(columns[0].length)
  let squaredDistances = assign(columns, centres, groupOf)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    moveCentres(columns, centres, groupOf)
    const now = assign(columns, centres, groupOf)
    const gain = squaredDistances - now
    squaredDistances = now
    if (!(gain > LEAST_GAIN_SHARE * now)) break
  }
  return { groupOf, centres, squaredDistances }
}

/** Each next centre is a point, drawn in proportion to its squared distance from the centres so far. */
function firstCentres(
  columns: readonly Float64Array[],
  { groups, chance }: { groups: number; chance: SeededChance },
): number[][] | undefined {
  const count = columns[0]?.length ?? 0
  if (count === 0) return undefined
  const centres = [pointAt(columns, Math.floor(chance.uniform() * count))]
  const nearest = new Float64Array(count).fill(Infinity)
  while (centres.length < groups) {
    let total = 0
    for (let at = 0; at < count; at++)
      total += nearest[at] = Math.min(nearest[at], squaredDistance(columns, at, centres[centres.length - 1]))
    if (!(total > 0)) return undefined
    centres.push(pointAt(columns, drawn(nearest, chance.uniform() * total)))
  }
  return centres
}

function drawn(weights: Float64Array, upTo: number): number {
  let [sum, last] = [0, 0]
  for (let at = 0; at < weights.length; at++) {
    if (weights[at] === 0) continue
    sum += weights[at]
    last = at
    if (sum > upTo) break
  }
  return last
}

/** Puts each point in the group of the nearest centre; the sum of the squared distances. */
function assign(columns: readonly Float64Array[], centres: readonly number[][], groupOf: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < groupOf.length; at++) {
    let least = Infinity
    for (let group = 0; group < centres.length; group++) {
      const distance = squaredDistance(columns, at, centres[group])
      if (distance >= least) continue
      least = distance
      groupOf[at] = group
    }
    sum += least
  }
  return sum
}

/** Puts each centre in the middle of its group; a group that lost all its points keeps its centre. */
function moveCentres(columns: readonly Float64Array[], centres: number[][], groupOf: Uint8Array): void {
  const sizes = new Float64Array(centres.length)
  const sums = centres.map((centre) => new Float64Array(centre.length))
  groupOf.forEach((group, at) => {
    sizes[group]++
    columns.forEach((column, feature) => (sums[group][feature] += column[at]))
  })
  centres.forEach((centre, group) => {
    if (sizes[group] > 0) sums[group].forEach((sum, feature) => (centre[feature] = sum / sizes[group]))
  })
}

/** Squared distance of a point from a centre. */
export function squaredDistance(columns: readonly Float64Array[], at: number, centre: readonly number[]): number {
  let sum = 0
  for (let feature = 0; feature < columns.length; feature++) {
    const away = columns[feature][at] - centre[feature]
    sum += away * away
  }
  return sum
}

/** A point's value in each column. */
export function pointAt(columns: readonly Float64Array[], at: number): number[] {
  return columns.map((column) => column[at])
}
