/**
 * One part of a walk through history: it may learn from candles of which it sees outcomes up to `lastSeen`, and speaks
 * for candles from `speaksFrom` on (indices). Between the two lies a whole horizon: no outcome it learnt from overlaps
 * one that it is judged by, with as much again to spare.
 */
export type Fold = { lastSeen: number; speaksFrom: number }

/** This share of the history is only learnt from. */
const FIRST_SHARE = 0.4

/** How long a history must be for its first part to have so many candles. */
export function candlesForFirst(candles: number): number {
  return Math.ceil(candles / FIRST_SHARE)
}

/**
 * Purged and embargoed walk-forward (M. López de Prado, Advances in Financial Machine Learning, 2018, chapter 7): each
 * fold knows everything up to its own beginning less the gap. The last one, for what comes after the history, speaks
 * from `candles` plus a horizon on.
 */
export function walkForward({
  candles,
  horizonCandles,
  folds,
}: {
  candles: number
  horizonCandles: number
  folds: number
}): Fold[] {
  const first = Math.ceil(candles * FIRST_SHARE)
  const history = Array.from({ length: folds }, (_, n) => {
    const speaksFrom = first + Math.round((n * (candles - first)) / folds)
    return { lastSeen: speaksFrom - 1 - horizonCandles, speaksFrom }
  })
  return [...history, { lastSeen: candles - 1, speaksFrom: candles + horizonCandles }]
}
