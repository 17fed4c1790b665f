import { backtestOverfitting } from "../../result/statistics/backtest-overfitting.ts"
import { emptyBlockSums, writeBlockSums } from "../../result/statistics/block-sums.ts"
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
type Sample = { period: Period; numbers: readonly number[]; best: RunAnswer; evaluated: number; onDone: () => void }

/** What a sample of a search's trials says about its best: how much of it was chosen by chance. */
export async function overfitting(
  runner: TaskRunner,
  { terms, signal }: Asked,
  { period, numbers, best, evaluated, onDone }: Sample,
): Promise<{ deflatedSharpe: number | null; pbo: number | null }> {
  const days = best.dailyReturns.length
  const runs = await Promise.all(
    numbers.map(async (number) => {
      const run = await daysOf(runner, { terms, signal }, { period, number })
      onDone()
      return run
    }),
  )
  const trials = [best.dailyReturns, ...runs.filter((returns) => returns?.length === days)] as Float64Array[]
  return { deflatedSharpe: deflatedOf(best.dailyReturns, trials, evaluated), pbo: pboOf(trials, days) }
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
  const { deviation } = returnMoments(sharpes)
  const evidence = sharpeEvidenceOf(returnMoments(best))
  const { probability } = deflatedSharpe(evidence, { trialCount, varianceOfSharpes: deviation * deviation })
  return Number.isFinite(probability) ? probability : null
}

function pboOf(trials: readonly Float64Array[], days: number): number | null {
  if (days < FEWEST_DAYS) return null
  const sums = emptyBlockSums(trials.length, BLOCKS, days)
  trials.forEach((returns, trial) => writeBlockSums(sums, trial, returns))
  return backtestOverfitting(sums)?.probability ?? null
}
