/**
 * The value below which this share of sorted values lies, between neighbours in proportion: R. J. Hyndman and Y. Fan,
 * "Sample Quantiles in Statistical Packages" (1996), definition 7, as NumPy and spreadsheets have it. NaN for none.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return NaN
  const place = share * (sorted.length - 1)
  const before = Math.min(sorted.length - 1, Math.floor(place))
  const part = place - before
  const [below, above] = [sorted[before], sorted[Math.min(sorted.length - 1, before + 1)]]
  if (part === 0 || below === above) return below
  // Endless values have no distance from others, but a mean with them.
  return Number.isFinite(above - below) ? below + part * (above - below) : (1 - part) * below + part * above
}

/** The middle value, or the mean of the middle two; NaN for none. Sorts a copy. */
export function medianOf(values: Float64Array): number {
  return quantileOfSorted(values.toSorted(), 0.5)
}

/** What happened in the worst 5 %, in the middle, and in the best 5 % of cases. */
export type Spread = { worst: number; median: number; best: number }

const EDGE_SHARE = 0.05

/** Worst 5 %, median and best 5 % of values of which the larger are the better; sorts them in place. */
export function spreadOf(values: Float64Array): Spread {
  values.sort()
  return {
    worst: quantileOfSorted(values, EDGE_SHARE),
    median: quantileOfSorted(values, 0.5),
    best: quantileOfSorted(values, 1 - EDGE_SHARE),
  }
}
