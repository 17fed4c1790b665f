import fc from "fast-check"
import { expect, test } from "vitest"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { returnMoments } from "./return-moments.ts"
import {
  deflatedSharpe,
  luckiestSharpe,
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeEvidenceOf,
} from "./sharpe-evidence.ts"

test("the deflated Sharpe ratio's published example: 2.5 a year, the best of 100, is 0.9004", () => {
  // Bailey & López de Prado 2014, "A numerical example": 1,250 daily returns, 250 days a year.
  const evidence = { sharpePerReturn: 2.5 / Math.sqrt(250), returnCount: 1250, skewness: -3, kurtosis: 10 }
  const deflated = deflatedSharpe(evidence, { trialCount: 100, varianceOfSharpes: 0.5 / 250 })
  expect(deflated.luckPerReturn).toBeCloseTo(0.1132, 4)
  expect(deflated.probability).toBeCloseTo(0.9004, 4)
  // The same section: found after only 46 trials it would have been 0.9505.
  expect(deflatedSharpe(evidence, { trialCount: 46, varianceOfSharpes: 0.5 / 250 }).probability).toBeCloseTo(0.9505, 3)
})

test("the probabilistic Sharpe ratio's published example: two years of months, 0.982 if normal, 0.913 as they are", () => {
  // Bailey & López de Prado 2012: a Sharpe ratio of 0.458 a month over 24 months.
  const month = { sharpePerReturn: 0.458, returnCount: 24 }
  expect(probabilisticSharpe({ ...month, skewness: 0, kurtosis: 3 })).toBeCloseTo(0.982, 3)
  expect(probabilisticSharpe({ ...month, skewness: -2.448, kurtosis: 10.164 })).toBeCloseTo(0.913, 3)
})

test("the minimum track record's published examples: a Sharpe ratio of 2 a year against 1", () => {
  // Bailey & López de Prado 2012: 2.73 years of days, 2.83 of weeks, 3.24 of months; 4.99 of months of a hedge fund.
  const yearsOf = (returnsAYear: number, skewness = 0, kurtosis = 3) =>
    minimumTrackRecord(
      { sharpePerReturn: 2 / Math.sqrt(returnsAYear), skewness, kurtosis },
      { benchmarkPerReturn: 1 / Math.sqrt(returnsAYear) },
    ) / returnsAYear
  expect(yearsOf(252)).toBeCloseTo(2.73, 2)
  expect(yearsOf(52)).toBeCloseTo(2.83, 2)
  expect(yearsOf(12)).toBeCloseTo(3.24, 2)
  expect(yearsOf(12, -0.72, 5.78)).toBeCloseTo(4.99, 2)
})

test("no track record is long enough for a Sharpe ratio that is not above the benchmark", () => {
  expect(minimumTrackRecord({ sharpePerReturn: 0, skewness: 0, kurtosis: 3 })).toBe(Infinity)
  expect(minimumTrackRecord({ sharpePerReturn: -0.1, skewness: 0, kurtosis: 3 })).toBe(Infinity)
  expect(minimumTrackRecord({ sharpePerReturn: NaN, skewness: NaN, kurtosis: NaN })).toBeNaN()
})

test("with exactly the minimum track record the probability is the confidence asked for", () => {
  const evidence = fc.record({
    sharpePerReturn: fc.double({ min: 0.01, max: 1, noNaN: true }),
    skewness: fc.double({ min: -3, max: 3, noNaN: true }),
    kurtosis: fc.double({ min: 10, max: 30, noNaN: true }),
  })
  fc.assert(
    fc.property(evidence, fc.double({ min: 0.6, max: 0.999, noNaN: true }), (each, confidence) => {
      const returnCount = minimumTrackRecord(each, { confidence })
      fc.pre(returnCount >= 2)
      expect(probabilisticSharpe({ ...each, returnCount })).toBeCloseTo(confidence, 9)
    }),
  )
})

test("the luck of the best of many is what drawing them many times gives; one trial has none", () => {
  const chance = new SeededChance(4)
  const [trialCount, tries] = [50, 4000]
  // The sum of twelve uniform draws less 6: variance 1, close to normal.
  const draw = () => Array.from({ length: 12 }, () => chance.uniform()).reduce((sum, each) => sum + each, -6)
  const best = () => Math.max(...Array.from({ length: trialCount }, draw))
  const mean = Array.from({ length: tries }, best).reduce((sum, each) => sum + each, 0) / tries
  expect(Math.abs(luckiestSharpe({ trialCount, varianceOfSharpes: 1 }) / mean - 1)).toBeLessThan(0.03)
  expect(luckiestSharpe({ trialCount: 1, varianceOfSharpes: 1 })).toBe(0)
})

test("more trials never make a result more convincing", () => {
  const trials = fc.integer({ min: 1, max: 1_000_000_000 })
  fc.assert(
    fc.property(trials, trials, (few, many) => {
      fc.pre(few <= many)
      const luck = (trialCount: number) => luckiestSharpe({ trialCount, varianceOfSharpes: 0.01 })
      expect(luck(few)).toBeLessThanOrEqual(luck(many))
    }),
  )
})

test("returns without variation are no evidence", () => {
  const evidence = sharpeEvidenceOf(returnMoments(new Float64Array(20)))
  expect(evidence.sharpePerReturn).toBeNaN()
  expect(probabilisticSharpe(evidence)).toBeNaN()
  expect(deflatedSharpe(evidence, { trialCount: 10, varianceOfSharpes: 0.1 }).probability).toBeNaN()
  expect(probabilisticSharpe({ sharpePerReturn: 1, returnCount: 1, skewness: 0, kurtosis: 3 })).toBeNaN()
})
