import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { clustersOf } from "../../result/statistics/clusters.ts"
import type { ModelPart } from "../../strategy/model/forecast-model.ts"
import { partWeights } from "../../strategy/model/part-weights.ts"
import type { ForecastData } from "./forecast-data.ts"
import { FEWEST_EXAMPLES, tooFewToLearn } from "./few-candles.ts"
import { type FeatureScale, featureScale, standardColumn } from "./standard-features.ts"

/** What one part of history takes for its regimes: a scale of the features, and a point in it for each regime. */
export type RegimeCentres = { scale: FeatureScale; centres: number[][]; fromMs: number }

/** Groups are looked for among no more than these, drawn evenly. */
const MOST_POINTS = 2_000

type Wanted = {
  seed: number
  /** Undefined: whichever number the silhouette likes best. */
  groups: number | undefined
  /** Those of the part before, whose numbers the same regimes keep. */
  before: RegimeCentres | undefined
}

/** The regimes of the candles up to one, or why there are none. */
export function regimesIn(
  { features, streak, openTimeMs }: ForecastData,
  lastSeen: number,
  { seed, groups, before }: Wanted,
): RegimeCentres | string {
  const known = Array.from({ length: lastSeen + 1 }, (_, row) => row).filter((row) => streak[row] > 0)
  if (known.length < FEWEST_EXAMPLES) return tooFewToLearn({ candles: streak.length, examples: known.length })
  const rows = drawn(known, seed)
  const scale = featureScale(features, known)
  const columns = features.map((column, n) => standardColumn(column, n, scale))
  const points = columns.map((column) => Float64Array.from(rows, (row) => column[row]))
  const found = clustersOf(points, seed, groups)
  if (!found) return "this market is always in the same mood: there is nothing to group"
  const centres = before ? inOrderOf(before, scale, found.centres) : found.centres
  return { scale, centres, fromMs: openTimeMs[known[0]] }
}

/** So many rows by chance, in their order. */
function drawn(rows: readonly number[], seed: number): readonly number[] {
  if (rows.length <= MOST_POINTS) return rows
  const chance = new SeededChance(seed)
  const step = rows.length / MOST_POINTS
  return Array.from({ length: MOST_POINTS }, (_, n) => rows[Math.floor((n + chance.uniform()) * step)])
}

/** The centres in that order in which they are nearest to those of the part before: a number keeps its meaning. */
function inOrderOf(before: RegimeCentres, scale: FeatureScale, centres: number[][]): number[][] {
  const wanted = before.centres.map((centre) => inScale(unscaled(centre, before.scale), scale))
  const away = (order: number[][]) => order.reduce((sum, centre, n) => sum + squaredDistance(centre, wanted[n]), 0)
  return ordersOf(centres).reduce((best, order) => (away(order) < away(best) ? order : best))
}

/** A centre in the features' own units. */
export function unscaled(centre: readonly number[], { means, inverses }: FeatureScale): number[] {
  return centre.map((value, n) => means[n] + (inverses[n] === 0 ? 0 : value / inverses[n]))
}

function inScale(centre: readonly number[], { means, inverses }: FeatureScale): number[] {
  return centre.map((value, n) => (value - means[n]) * inverses[n])
}

function squaredDistance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, n) => sum + (value - other[n]) ** 2, 0)
}

/** Every order of a few things, theirs first. */
function ordersOf<Thing>(things: readonly Thing[]): Thing[][] {
  if (things.length <= 1) return [[...things]]
  return things.flatMap((first, at) => ordersOf(things.toSpliced(at, 1)).map((rest) => [first, ...rest]))
}

/** What a finished part takes for its regimes. */
export function regimeCentresOf(part: ModelPart, features: number): RegimeCentres {
  const weights = partWeights(part)
  const body = weights.subarray(2 * features)
  return {
    scale: { means: weights.slice(0, features), inverses: weights.slice(features, 2 * features) },
    centres: Array.from({ length: body.length / features }, (_, n) => [
      ...body.subarray(n * features, (n + 1) * features),
    ]),
    fromMs: part.trainedFromMs,
  }
}
