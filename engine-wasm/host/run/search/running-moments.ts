/** How many numbers there were, their mean, and the sum of their squared distances from it (Welford 1962). */
export type RunningMoments = { count: number; mean: number; squares: number }

export function noMoments(): RunningMoments {
  return { count: 0, mean: 0, squares: 0 }
}

/** Counts a number; NaN is none. */
export function addToMoments(moments: RunningMoments, value: number): void {
  if (Number.isNaN(value)) return
  moments.count++
  const away = value - moments.mean
  moments.mean += away / moments.count
  moments.squares += away * (value - moments.mean)
}

/** The sample variance (ddof 1); NaN of fewer than two numbers. */
export function varianceOf({ count, squares }: RunningMoments): number {
  return count < 2 ? Number.NaN : squares / (count - 1)
}
