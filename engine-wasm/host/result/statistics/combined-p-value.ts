import { normalCdf, normalQuantile } from "./normal-distribution.ts"

/** One test's one-sided p-value; a weight such as the root of its sample counts more. */
export type WeighedPValue = { pValue: number; weight?: number }

/** A p-value of exactly 0 or 1 would outvote all others; this is as near as 1 can be approached. */
const NEAREST = Number.EPSILON / 2

/**
 * One p-value from several independent tests: S. A. Stouffer and others, "The American Soldier" (1949), with weights as
 * by T. Lipták (1958). What cannot be judged (NaN) or weighs nothing is left out; NaN if nothing is left.
 */
export function combinedPValue(tests: readonly WeighedPValue[]): number {
  let [sum, squares] = [0, 0]
  for (const { pValue, weight = 1 } of tests) {
    if (!(pValue >= 0 && pValue <= 1 && weight > 0)) continue
    sum -= weight * normalQuantile(Math.min(1 - NEAREST, Math.max(NEAREST, pValue)))
    squares += weight * weight
  }
  return squares > 0 ? normalCdf(-sum / Math.sqrt(squares)) : NaN
}
