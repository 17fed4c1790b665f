import { ln } from "../../candles/elementary-function.ts"
import type { BlockSums } from "./block-sums.ts"
import { halves, halfSharpes } from "./half-sharpes.ts"

/** Whether choosing the best of these trials finds one that is good on days it was not chosen by. */
export type BacktestOverfitting = {
  /**
   * 0 to 1: how often the best trial of one half of the days was below the middle of all trials on the other half; at
   * the middle counts half. About 0.5 for noise.
   */
  probability: number
  /** 0 to 1: how often the best trial of one half lost money on the other. */
  lossProbability: number
  /** Of each way to halve the days: ln(w / (1 - w)) of the winner's rank w in the other half; above 0: better half. */
  logits: Float64Array
  /**
   * By how much the winner's Sharpe ratio on the other half rises for each 1 it has on its own: below 0, the better it
   * looked the worse it did. NaN if all winners looked alike.
   */
  degradationSlope: number
}

/** More trials would take longer than a few seconds; leave out the rest by chance, never by how they did. */
export const MOST_OVERFITTING_TRIALS = 10_000

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation: every way to take half of the
 * blocks, the best Sharpe ratio there, its rank among all trials in the other half. D. H. Bailey, J. Borwein, M. López
 * de Prado and Q. J. Zhu, "The Probability of Backtest Overfitting" (2017). Undefined below two trials.
 */
export function backtestOverfitting(blocks: BlockSums): BacktestOverfitting | undefined {
  if (blocks.trialCount < 2) return undefined
  if (blocks.trialCount > MOST_OVERFITTING_TRIALS)
    throw new RangeError(`Overfitting of ${blocks.trialCount} trials; at most ${MOST_OVERFITTING_TRIALS}.`)
  const masks = halves(blocks.blockCount)
  const winners = winnersOf(blocks, masks)
  const ranks = ranksOf(blocks, masks, winners)
  const logits = ranks.map((rank) => ln(rank / (blocks.trialCount + 1 - rank)))
  return {
    probability: shareBelow(logits, 0, 0.5),
    lossProbability: shareBelow(winners.unseen, 0, 0),
    logits,
    degradationSlope: slopeOf(winners.seen, winners.unseen),
  }
}

/** For each half: the highest Sharpe ratio, and the same trial's on the other half. Equally good trials: the first. */
type Winners = { seen: Float64Array; unseen: Float64Array }

function winnersOf(blocks: BlockSums, masks: Uint16Array): Winners {
  const count = masks.length
  const [seen, unseen] = [new Float64Array(count).fill(-Infinity), new Float64Array(count)]
  const sharpes = new Float64Array(count)
  for (let trial = 0; trial < blocks.trialCount; trial++) {
    halfSharpes(blocks, { trial, masks, into: sharpes })
    for (let half = 0; half < count; half++) {
      if (sharpes[half] <= seen[half]) continue
      seen[half] = sharpes[half]
      // Masks ascend, so the mask of the other blocks stands as far from the end.
      unseen[half] = sharpes[count - 1 - half]
    }
  }
  return { seen, unseen }
}

/** Each winner's rank on the other half, from 1 for the worst; trials that are equal share the mean of their ranks. */
function ranksOf(blocks: BlockSums, masks: Uint16Array, { unseen }: Winners): Float64Array {
  const count = masks.length
  // The winner meets itself once, as its own equal.
  const ranks = new Float64Array(count).fill(0.5)
  const sharpes = new Float64Array(count)
  for (let trial = 0; trial < blocks.trialCount; trial++) {
    halfSharpes(blocks, { trial, masks, into: sharpes })
    for (let half = 0; half < count; half++) {
      const other = sharpes[count - 1 - half]
      if (other < unseen[half]) ranks[half] += 1
      else if (other === unseen[half]) ranks[half] += 0.5
    }
  }
  return ranks
}

function shareBelow(values: Float64Array, limit: number, ofTies: number): number {
  return values.reduce((sum, value) => sum + (value < limit ? 1 : value === limit ? ofTies : 0), 0) / values.length
}

/** Slope of the least-squares line. */
function slopeOf(x: Float64Array, y: Float64Array): number {
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length
  let [squares, products] = [0, 0]
  for (let i = 0; i < x.length; i++) {
    squares += (x[i] - meanX) * (x[i] - meanX)
    products += (x[i] - meanX) * (y[i] - meanY)
  }
  return squares > 1e-24 * x.length ? products / squares : NaN
}
