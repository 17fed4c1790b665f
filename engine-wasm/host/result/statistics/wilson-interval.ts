import { normalQuantile } from "./normal-distribution.ts"

/** Low and high end of where a true share lies, 95 times of 100; both 0 to 1. */
export type ShareInterval = [low: number, high: number]

const TAIL_SHARE = 0.025

/**
 * Where the true share lies, 95 times of 100, when so many of `count` were hits; null without any. E. B. Wilson,
 * "Probable Inference, the Law of Succession, and Statistical Inference" (1927), without continuity correction.
 */
export function wilsonInterval(hits: number, count: number): ShareInterval | null {
  if (count === 0) return null
  const square = normalQuantile(TAIL_SHARE) ** 2
  const share = hits / count
  const middle = share + square / (2 * count)
  const half = Math.sqrt(square * ((share * (1 - share)) / count + square / (4 * count * count)))
  const divisor = 1 + square / count
  return [Math.max(0, (middle - half) / divisor), Math.min(1, (middle + half) / divisor)]
}
