import { normalCdf, normalQuantile } from "./normal-distribution.ts"
import type { ReturnMoments } from "./return-moments.ts"

/** What is known of a Sharpe ratio. It is of one return (mean / deviation), not of a year. */
export type SharpeEvidence = {
  sharpePerReturn: number
  returnCount: number
  skewness: number
  /** 3 for a normal distribution. */
  kurtosis: number
}

/** The evidence in a run's returns; NaN where they do not vary. */
export function sharpeEvidenceOf({ count, mean, deviation, skewness, kurtosis }: ReturnMoments): SharpeEvidence {
  return { sharpePerReturn: deviation > 0 ? mean / deviation : NaN, returnCount: count, skewness, kurtosis }
}

/**
 * Probabilistic Sharpe ratio: how likely, 0 to 1, the true Sharpe ratio is above the benchmark, given how many returns
 * there are and how far from normal. D. H. Bailey and M. López de Prado, "The Sharpe Ratio Efficient Frontier" (2012).
 * NaN below two returns.
 */
export function probabilisticSharpe(evidence: SharpeEvidence, benchmarkPerReturn = 0): number {
  if (!(evidence.returnCount >= 2)) return NaN
  const above = evidence.sharpePerReturn - benchmarkPerReturn
  return normalCdf((above * Math.sqrt(evidence.returnCount - 1)) / Math.sqrt(estimateVariance(evidence)))
}

/** So many returns at least make the probabilistic Sharpe ratio reach this confidence; Infinity if none can. */
export function minimumTrackRecord(
  evidence: Omit<SharpeEvidence, "returnCount">,
  { benchmarkPerReturn = 0, confidence = 0.95 }: { benchmarkPerReturn?: number; confidence?: number } = {},
): number {
  const above = evidence.sharpePerReturn - benchmarkPerReturn
  if (Number.isNaN(above)) return NaN
  if (above <= 0) return Infinity
  const distance = normalQuantile(confidence) / above
  return 1 + estimateVariance(evidence) * distance * distance
}

/** The deflated Sharpe ratio: the luck of the best of many trials taken off. */
export type DeflatedSharpe = {
  /** How likely, 0 to 1, the true Sharpe ratio is above 0 although it is the best of so many trials. */
  probability: number
  /** The Sharpe ratio that the best of as many trials without any edge is expected to have. */
  luckPerReturn: number
}

/** Trials that were tried, as if independent, and the variance of their Sharpe ratios (of one return, not of a year). */
export type SharpeTrials = { trialCount: number; varianceOfSharpes: number }

/** D. H. Bailey and M. López de Prado, "The Deflated Sharpe Ratio" (2014): a benchmark of what luck alone reaches. */
export function deflatedSharpe(evidence: SharpeEvidence, trials: SharpeTrials): DeflatedSharpe {
  const luckPerReturn = luckiestSharpe(trials)
  return { probability: probabilisticSharpe(evidence, luckPerReturn), luckPerReturn }
}

const EULER_MASCHERONI = 0.5772156649015329

/**
 * Expected highest Sharpe ratio among independent trials whose true one is 0: equation 1 of "The Deflated Sharpe Ratio".
 * One trial has no choice and no luck of it: 0.
 */
export function luckiestSharpe({ trialCount, varianceOfSharpes }: SharpeTrials): number {
  if (trialCount <= 1) return 0
  const usual = -normalQuantile(1 / trialCount)
  const far = -normalQuantile(1 / (trialCount * Math.E))
  return Math.sqrt(varianceOfSharpes) * ((1 - EULER_MASCHERONI) * usual + EULER_MASCHERONI * far)
}

/** The variance of the Sharpe ratio's estimate x (returns - 1): 1 + S^2 / 2 for normal returns. */
function estimateVariance({ sharpePerReturn, skewness, kurtosis }: Omit<SharpeEvidence, "returnCount">): number {
  // kurtosis >= 1 + skewness^2 makes this at least 0; rounding may not.
  return Math.max(0, 1 - skewness * sharpePerReturn + ((kurtosis - 1) / 4) * sharpePerReturn * sharpePerReturn)
}
