import { exp, ln } from "../../candles/elementary-function.ts"

/** How likely chance gives so few hits, or fewer, of `count` that are each a hit with probability `share`. */
export function binomialTail({ hits, count, share }: { hits: number; count: number; share: number }): number {
  if (hits >= count || share <= 0) return 1
  if (hits < 0 || share >= 1) return 0
  let logTerm = count * ln(1 - share)
  let sum = exp(logTerm)
  for (let n = 1; n <= hits; n++) {
    logTerm += ln((count - n + 1) / n) + ln(share / (1 - share))
    sum += exp(logTerm)
  }
  return Math.min(1, sum)
}
