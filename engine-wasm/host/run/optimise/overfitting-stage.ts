import { backtestOverfitting } from "../../result/statistics/backtest-overfitting.ts"
import { emptyBlockSums, writeBlockSums } from "../../result/statistics/block-sums.ts"
import { medianOf } from "../../result/statistics/quantile.ts"
import { returnMoments } from "../../result/statistics/return-moments.ts"
import { deflatedSharpe, sharpeEvidenceOf } from "../../result/statistics/sharpe-evidence.ts"
import type { Period } from "./optimisation.ts"
import type { RunAnswer, SearchTerms, TaskRunner } from "./optimise-task.ts"
import { TaskRefused } from "./optimise-task.ts"

/** Blocks of days that are halved in every way: 12,870 ways. */
const BLOCKS = 16
/** Fewer days for each block say nothing. */
const FEWEST_DAYS = 2 * BLOCKS

type Asked = { terms: SearchTerms; signal?: AbortSignal }
/** `trialCount`: how many trials of the search traded; `numbers` are some of them, by chance. */
type Sample = {
  period: Period
  numbers: readonly number[]
  best: { number: number; run: RunAnswer }
  trialCount: number
  onDone: () => void
}

/** `comparedTrials`: how many of the search's trials the probability of overfitting compares. */
export type Overfitting = { deflatedSharpe: number | null; pbo: number | null; comparedTrials: number }

/** What a sample of a search's trials says about its best: how much of it was chosen by chance. */
export async function overfitting(
  runner: TaskRunner,
  { terms, signal }: Asked,
  { period, numbers, best, trialCount, onDone }: Sample,
): Promise<Overfitting> {
  const days = best.run.dailyReturns.length
  const others = numbers.filter((number) => number !== best.number)
  const runs = await Promise.all(
    others.map(async (number) => {
      const run = await daysOf(runner, { terms, signal }, { period, number })
      onDone()
      return run
    }),
  )
  const trials = [best.run.dailyReturns, ...runs.filter((returns) => returns?.length === days)] as Float64Array[]
  return {
    deflatedSharpe: deflatedOf(best.run.dailyReturns, trials, trialCount),
    pbo: pboOf(trials, days),
    comparedTrials: trials.length,
  }
}

/** A sampled combination may be one that the strategy cannot be run with. */
async function daysOf(
  runner: TaskRunner,
  { terms, signal }: Asked,
  { period, number }: { period: Period; number: number },
): Promise<Float64Array | undefined> {
  try {
    return (await runner.run({ kind: "run", terms, stretch: period, number }, signal)).dailyReturns
  } catch (error) {
    if (error instanceof TaskRefused) return undefined
    throw error
  }
}

/** Of the training part's daily returns; the trials' variance is estimated from the sample. */
function deflatedOf(best: Float64Array, trials: readonly Float64Array[], trialCount: number): number | null {
  const sharpes = Float64Array.from(
    trials.map((returns) => sharpeEvidenceOf(returnMoments(returns)).sharpePerReturn).filter(Number.isFinite),
  )
  if (sharpes.length < 2) return null
  const evidence = sharpeEvidenceOf(returnMoments(best))
  const { probability } = deflatedSharpe(evidence, { trialCount, varianceOfSharpes: luckVariance(sharpes) })
  return Number.isFinite(probability) ? probability : null
}

/**
 * The variance of trials' Sharpe ratios as their better half shows it, around the middle: the same as the whole's where
 * they spread evenly. Settings that burn their fees are bad for a reason, and no sign of how far luck reaches.
 */
function luckVariance(sharpes: Float64Array): number {
  const middle = medianOf(sharpes)
  const better = sharpes.filter((sharpe) => sharpe >= middle)
  return better.reduce((sum, sharpe) => sum + (sharpe - middle) * (sharpe - middle), 0) / better.length
}

function pboOf(trials: readonly Float64Array[], days: number): number | null {
  if (days < FEWEST_DAYS) return null
  const sums = emptyBlockSums(trials.length, BLOCKS, days)
  trials.forEach((returns, trial) => writeBlockSums(sums, trial, returns))
  return backtestOverfitting(sums)?.probability ?? null
}
