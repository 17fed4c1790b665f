/** A histogram has at most so many bins. */
export const MOST_BINS = 64
/** Bins begin as narrow as 2 to this power. */
const NARROWEST = -20
/** Numbers farther from 0 are counted as this. */
const FARTHEST = 1e300

/**
 * Numbers counted in bins of width 2^exponent; bin `at` begins at `(first + at) x 2^exponent`. As the numbers spread,
 * neighbours are joined: the bins depend on the numbers alone, and not on their order.
 */
export type DyadicHistogram = { exponent: number; first: number; counts: number[] }

export function noBins(): DyadicHistogram {
  return { exponent: NARROWEST, first: 0, counts: [] }
}

/** Counts a finite number. */
export function addToBins(histogram: DyadicHistogram, value: number): void {
  if (histogram.counts.length === 0) histogram.first = binOf(histogram, value)
  for (;;) {
    const bin = binOf(histogram, value)
    if (histogram.counts[bin - histogram.first] !== undefined) return void histogram.counts[bin - histogram.first]++
    const first = Math.min(histogram.first, bin)
    const last = Math.max(histogram.first + histogram.counts.length - 1, bin)
    if (last - first < MOST_BINS) return widen(histogram, { bin, first, last })
    joinNeighbours(histogram)
  }
}

/** Where each bin begins and ends, and what it holds. */
export function binsOf({ exponent, first, counts }: DyadicHistogram): { from: number; to: number; count: number }[] {
  const width = 2 ** exponent
  return counts.map((held, at) => ({ from: (first + at) * width, to: (first + at + 1) * width, count: held }))
}

function binOf({ exponent }: DyadicHistogram, value: number): number {
  // By way of the narrowest bin: a tiny number divided by a wide one would be 0, and on the other side of it.
  const narrow = Math.floor(Math.max(-FARTHEST, Math.min(FARTHEST, value)) / 2 ** NARROWEST)
  return Math.floor(narrow / 2 ** (exponent - NARROWEST))
}

function widen(histogram: DyadicHistogram, { bin, first, last }: { bin: number; first: number; last: number }): void {
  const shift = histogram.first - first
  const counts = Array.from({ length: last - first + 1 }, (_, at) => histogram.counts[at - shift] ?? 0)
  counts[bin - first]++
  histogram.first = first
  histogram.counts = counts
}

function joinNeighbours(histogram: DyadicHistogram): void {
  const first = Math.floor(histogram.first / 2)
  const joined: number[] = []
  histogram.counts.forEach((held, at) => {
    const to = Math.floor((histogram.first + at) / 2) - first
    joined[to] = (joined[to] ?? 0) + held
  })
  histogram.exponent++
  histogram.first = first
  histogram.counts = joined
}
