import { ForecastCap } from "../../../assembly/forecast/forecast-word.ts"

/** A standardised feature is no further from 0 than this, wherever a model learns or speaks. */
export const MOST_DEVIATIONS: number = ForecastCap.deviations
/** What varies less than one part of this counts as if it did not: a model's weights are float32. */
const MOST_INVERSE = 1e30

/** How features are made comparable: their means, and one over their deviations, rounded to float32 as a model keeps them. */
export type FeatureScale = { means: Float32Array; inverses: Float32Array }

/** The scale of features over the rows they are learnt from, and no others. A feature that never varies counts 0. */
export function featureScale(features: readonly Float64Array[], rows: readonly number[]): FeatureScale {
  const means = Float32Array.from(features, (column) => meanAt(column, rows))
  const inverses = Float32Array.from(features, (column, n) => {
    const mean = means[n]
    const variance = rows.reduce((sum, row) => sum + (column[row] - mean) ** 2, 0) / rows.length
    return variance > Number.EPSILON * mean * mean ? Math.min(MOST_INVERSE, 1 / Math.sqrt(variance)) : 0
  })
  return { means, inverses }
}

function meanAt(column: Float64Array, rows: readonly number[]): number {
  return rows.reduce((sum, row) => sum + column[row], 0) / rows.length
}

/** Mean and deviation of a column at some rows; a deviation of 0 counts as 1, so that one may divide by it. */
export function meanAndSpread(column: Float64Array, rows: readonly number[]): { mean: number; spread: number } {
  const mean = meanAt(column, rows)
  const variance = rows.reduce((sum, row) => sum + (column[row] - mean) ** 2, 0) / rows.length
  return { mean, spread: Math.sqrt(variance) || 1 }
}

/** One feature's column in its scale; NaN where it is not known. */
export function standardColumn(column: Float64Array, n: number, { means, inverses }: FeatureScale): Float64Array {
  return column.map((value) => Math.min(Math.max((value - means[n]) * inverses[n], -MOST_DEVIATIONS), MOST_DEVIATIONS))
}
