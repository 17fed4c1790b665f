import { deviationOf, meanOf } from "../daily-returns.ts"

/** Pearson's correlation of two columns of the same length, -1 to 1; NaN where one of them does not vary. */
export function correlationOf(one: Float64Array, other: Float64Array): number {
  const [meanOfOne, meanOfOther] = [meanOf(one), meanOf(other)]
  let products = 0
  for (let i = 0; i < one.length; i++) products += (one[i] - meanOfOne) * (other[i] - meanOfOther)
  const size = (one.length - 1) * deviationOf(one) * deviationOf(other)
  return size > 0 ? Math.max(-1, Math.min(1, products / size)) : NaN
}
