import { expect, test } from "vitest"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { backtestOverfitting } from "../../result/statistics/backtest-overfitting.ts"
import { emptyBlockSums, writeBlockSums } from "../../result/statistics/block-sums.ts"
import { returnMoments } from "../../result/statistics/return-moments.ts"
import { deflatedSharpe, sharpeEvidenceOf } from "../../result/statistics/sharpe-evidence.ts"
import type { RunAnswer, SearchTerms, TaskRunner } from "./optimise-task.ts"
import { overfitting } from "./overfitting-stage.ts"

const DAYS = 200

/** Days of trials that spread evenly around nothing, by number. */
const daysOf = Array.from({ length: 9 }, (_, number) => {
  const chance = new SeededChance(number + 1)
  return Float64Array.from({ length: DAYS }, () => 0.001 * (number - 4) + 0.01 * chance.bell())
})
const runOf = (number: number) => ({ dailyReturns: daysOf[number] }) as RunAnswer
const runner = { width: 1, run: async ({ number }: { number: number }) => runOf(number) } as unknown as TaskRunner

const asked = (numbers: number[]) =>
  overfitting(
    runner,
    { terms: {} as SearchTerms },
    { period: { fromMs: 0, toMs: 1 }, numbers, best: { number: 8, run: runOf(8) }, trialCount: 9, onDone: () => {} },
  )

test("the best counts once, whether it is in the sample or not", async () => {
  const others = [0, 1, 2, 3, 4, 5, 6, 7]
  const without = await asked(others)
  expect(await asked([...others, 8])).toEqual(without)
  expect(without.comparedTrials).toBe(9)
  const sums = emptyBlockSums(9, 16, DAYS)
  ;[daysOf[8], ...daysOf.slice(0, 8)].forEach((days, trial) => writeBlockSums(sums, trial, days))
  expect(without.pbo).toBe(backtestOverfitting(sums)!.probability)
})

test("the deflated Sharpe ratio is that of the paper, with the variance of the trials' better half", async () => {
  const { deflatedSharpe: found } = await asked([0, 1, 2, 3, 4, 5, 6, 7])
  const sharpes = daysOf.map((days) => sharpeEvidenceOf(returnMoments(days)).sharpePerReturn).toSorted((a, b) => a - b)
  const squares = sharpes.slice(4).map((sharpe) => (sharpe - sharpes[4]) ** 2)
  const varianceOfSharpes = squares.reduce((sum, square) => sum + square, 0) / squares.length
  const best = sharpeEvidenceOf(returnMoments(daysOf[8]))
  expect(found).toBeCloseTo(deflatedSharpe(best, { trialCount: 9, varianceOfSharpes }).probability, 12)
})
