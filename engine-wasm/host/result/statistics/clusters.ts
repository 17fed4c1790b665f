import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { deviationOf, meanOf } from "../daily-returns.ts"
import { kMeans, pointAt, squaredDistance, type Groups } from "./k-means.ts"

/** The best of several ways to group. `silhouette`: -1 to 1, how much nearer points are to their own group. */
export type Clusters = Groups & { silhouette: number }

/** Each number of groups is begun anew so often, as a beginning can be unlucky. */
const BEGINNINGS = 5
/** The silhouette compares points with one another, so it looks at no more than these, evenly spread. */
const MOST_COMPARED = 1_000
const FEWEST_GROUPS = 2
const MOST_GROUPS = 4

/**
 * Points in two to four groups, whichever number has the highest silhouette; columns are standardised first, and centres
 * are given in the columns' own units. Groups are ordered by the first column's centre, the smallest first. Undefined
 * where points do not differ enough for two groups. `count`: that many groups and no other number.
 */
export function clustersOf(columns: readonly Float64Array[], seed: number, count?: number): Clusters | undefined {
  const scaled = columns.map(standardised)
  const chance = new SeededChance(seed)
  let best: Clusters | undefined
  for (let groups = count ?? FEWEST_GROUPS; groups <= (count ?? MOST_GROUPS); groups++) {
    const found = bestOfBeginnings(scaled, { groups, chance })
    if (found === undefined) break
    const silhouette = silhouetteOf(scaled, found)
    if (best === undefined || silhouette > best.silhouette) best = { ...found, silhouette }
  }
  return best && { ...best, ...inOrder(columns, best) }
}

function bestOfBeginnings(
  columns: readonly Float64Array[],
  asked: { groups: number; chance: SeededChance },
): Groups | undefined {
  let best: Groups | undefined
  for (let beginning = 0; beginning < BEGINNINGS; beginning++) {
    const found = kMeans(columns, asked)
    if (found && (best === undefined || found.squaredDistances < best.squaredDistances)) best = found
  }
  return best
}

/** Mean 0 and deviation 1, so that features of different units count alike; 0 where nothing varies. */
export function standardised(column: Float64Array): Float64Array {
  const [mean, deviation] = [meanOf(column), deviationOf(column)]
  return column.map((value) => (deviation > 0 ? (value - mean) / deviation : 0))
}

/**
 * The mean over points of (b - a) / max(a, b): a the mean distance from its own group, b from the nearest other one.
 * P. J. Rousseeuw, "Silhouettes" (1987). A point alone in its group counts 0.
 */
export function silhouetteOf(columns: readonly Float64Array[], { groupOf, centres }: Groups): number {
  const step = Math.max(1, Math.ceil(groupOf.length / MOST_COMPARED))
  const places = Array.from({ length: Math.ceil(groupOf.length / step) }, (_, at) => at * step)
  const sum = places.reduce((total, at) => total + pointSilhouette(columns, { at, places, groupOf, centres }), 0)
  return sum / places.length
}

type Compared = Pick<Groups, "groupOf" | "centres"> & { at: number; places: readonly number[] }

function pointSilhouette(columns: readonly Float64Array[], { at, places, groupOf, centres }: Compared): number {
  const sums = new Float64Array(centres.length)
  const counts = new Float64Array(centres.length)
  const point = pointAt(columns, at)
  for (const other of places) {
    if (other === at) continue
    sums[groupOf[other]] += Math.sqrt(squaredDistance(columns, other, point))
    counts[groupOf[other]]++
  }
  const own = groupOf[at]
  if (counts[own] === 0) return 0
  const inside = sums[own] / counts[own]
  const outside = sums.reduce(
    (least, sum, group) => (group === own || counts[group] === 0 ? least : Math.min(least, sum / counts[group])),
    Infinity,
  )
  const longer = Math.max(inside, outside)
  return longer > 0 && outside < Infinity ? (outside - inside) / longer : 0
}

/** The groups renamed by the first column's centre, with centres in the columns' own units. */
function inOrder(columns: readonly Float64Array[], { groupOf, centres }: Groups): Pick<Groups, "groupOf" | "centres"> {
  const order = [...centres.keys()].toSorted((one, other) => centres[one][0] - centres[other][0])
  const means = columns.map(meanOf)
  const deviations = columns.map(deviationOf)
  return {
    groupOf: groupOf.map((group) => order.indexOf(group)),
    centres: order.map((group) => centres[group].map((value, feature) => means[feature] + value * deviations[feature])),
  }
}
