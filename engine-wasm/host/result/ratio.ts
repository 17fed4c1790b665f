/**
 * numerator / denominator as traders read it: without a denominator ("no loss", "no drawdown") a gain is Infinity,
 * a loss -Infinity, and 0 / 0 has no meaning: null.
 */
export function ratio(numerator: number, denominator: number): number | null {
  if (denominator !== 0) return numerator / denominator
  if (numerator === 0) return null
  return numerator > 0 ? Infinity : -Infinity
}

/** Sum / count, or null for nothing. */
export function average(sum: number, count: number): number | null {
  return count === 0 ? null : sum / count
}

/** part / whole x 100, or null for a whole of 0. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100
}
