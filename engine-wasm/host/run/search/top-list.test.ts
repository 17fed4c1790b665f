import fc from "fast-check"
import { expect, test } from "vitest"
import { sweepFigures } from "../sweep/sweep-row.ts"
import { byPlace } from "./constraints.ts"
import { addToBins, binsOf, MOST_BINS, noBins } from "./dyadic-histogram.ts"
import { MOST_CELLS_ALONG, MOST_MAPS, placesOfCell } from "./heat-cells.ts"
import { judgedTrials, toldScores } from "./judged-trials.ts"
import { readObjective, type Objective } from "./objective.ts"
import { varianceOf } from "./running-moments.ts"
import { combinationCount, placesOf, type SpaceShape } from "./search-space.ts"
import { addTrials, emptyTopList, TOP_TRIALS, type TopList, type Trials } from "./top-list.ts"
import { SAMPLE_SIZE } from "./trial-sample.ts"

const shape = (...radices: number[]): SpaceShape => ({
  variants: { length: 1 },
  dimensions: radices.map((length) => ({ values: { length } })),
})

const sharpe: Objective = (() => {
  const read = readObjective("sharpe")
  if (!read.ok) throw new Error(read.problems[0].because)
  return read.objective
})()

/** Figures that depend on the number alone: some never trade, some trade little. */
function trialsOf(numbers: readonly number[]): Trials {
  const figures = numbers.flatMap((number) =>
    sweepFigures.map((name) => {
      if (name === "tradeCount") return (number * 7) % 41
      return name === "sharpe" ? (number % 13 === 0 ? Number.NaN : Math.sin(number) * 3) : number
    }),
  )
  const rows = { numbers: Float64Array.from(numbers), figures: Float64Array.from(figures) }
  return judgedTrials({ objective: sharpe, constraints: {} }, rows)
}

function listOf(space: SpaceShape, generations: readonly (readonly number[])[]): TopList {
  const list = emptyTopList(space, { seed: 3 })
  for (const numbers of generations) addTrials(list, trialsOf(numbers))
  return list
}

const space = shape(30, 40)
const everyNumber = Array.from({ length: combinationCount(space) }, (_, number) => number)

test("the best are those of all trials sorted, with their figures, and no more than are kept", () => {
  const list = listOf(space, [everyNumber])
  const { numbers, scores, standings } = trialsOf(everyNumber)
  const sorted = everyNumber
    .map((at) => ({ number: numbers[at], score: scores[at], standing: standings[at] }))
    .sort(byPlace)
  expect(list.best.map(({ number, score, standing }) => ({ number, score, standing }))).toEqual(
    sorted.slice(0, TOP_TRIALS),
  )
  expect(list.best[0].figures[sweepFigures.indexOf("finalEquity")]).toBe(list.best[0].number)
  expect(list.trials).toBe(1_200)
  expect(list.held).toBe(sorted.filter(({ standing }) => standing === 0).length)
})

test("whichever worker is first within a generation, the list is the same to the bit", () => {
  const half = fc.shuffledSubarray(everyNumber.slice(0, 300), { minLength: 300 })
  const whole = listOf(space, [everyNumber.slice(0, 300), everyNumber.slice(300, 400)])
  fc.assert(
    fc.property(half, (shuffled) => {
      expect(listOf(space, [shuffled, everyNumber.slice(300, 400)])).toEqual(whole)
    }),
    { numRuns: 8 },
  )
})

test("best, sample, histogram and counts do not depend on the order of generations either", () => {
  const [one, other] = [everyNumber.slice(0, 700), everyNumber.slice(700)]
  const [a, b] = [listOf(space, [one, other]), listOf(space, [other, one])]
  for (const part of ["best", "sample", "histogram", "trials", "held"] as const) expect(a[part], part).toEqual(b[part])
})

test("a list that a database kept goes on as if it had not been away", () => {
  const kept = structuredClone(listOf(space, [everyNumber.slice(0, 500)]))
  addTrials(kept, trialsOf(everyNumber.slice(500)))
  expect(kept).toEqual(listOf(space, [everyNumber.slice(0, 500), everyNumber.slice(500)]))
})

test("mean and variance are those of the scores that can be judged", () => {
  const list = listOf(space, [everyNumber])
  const judged = [...trialsOf(everyNumber).scores].filter((score) => !Number.isNaN(score))
  const mean = judged.reduce((sum, score) => sum + score, 0) / judged.length
  expect(list.score.count).toBe(judged.length)
  expect(list.score.mean).toBeCloseTo(mean, 12)
  const squares = judged.reduce((sum, score) => sum + (score - mean) ** 2, 0)
  expect(varianceOf(list.score)).toBeCloseTo(squares / (judged.length - 1), 12)
  expect(list.sharpe).toEqual(list.score)
})

test("bins hold every number once, as many as allowed, and the same ones in any order", () => {
  const scores = fc.array(
    fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true })),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  const histogramOf = (numbers: readonly number[]) => {
    const list = emptyTopList(shape(100))
    numbers.forEach((score, number) => {
      const figures = Float64Array.from(sweepFigures, (name) => (name === "sharpe" ? score : 50))
      addTrials(
        list,
        judgedTrials({ objective: sharpe, constraints: {} }, { numbers: Float64Array.of(number), figures }),
      )
    })
    return list.histogram
  }
  fc.assert(
    fc.property(scores, (numbers) => {
      const histogram = histogramOf(numbers)
      const bins = binsOf(histogram)
      expect(bins.length).toBeLessThanOrEqual(MOST_BINS)
      for (const { from, to, count } of bins)
        expect(numbers.filter((score) => score >= from && score < to)).toHaveLength(count)
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(numbers.length)
      expect(histogramOf(numbers.toReversed())).toEqual(histogram)
    }),
  )
})

test("numbers of any size are counted", () => {
  const histogram = noBins()
  for (const score of [5e-324, 1e308, 0, -1e308]) addToBins(histogram, score)
  expect(binsOf(histogram).reduce((sum, { count }) => sum + count, 0)).toBe(4)
})

test("a cell of a map has the best, the mean and the count of its combinations", () => {
  const wide = shape(200, 3)
  const numbers = Array.from({ length: 600 }, (_, number) => number)
  const [map] = listOf(wide, [numbers]).maps
  expect([map.across.cells, map.down.cells]).toEqual([MOST_CELLS_ALONG, 3])
  const cell = 2 * map.across.cells + 10
  const { first, last } = placesOfCell(map.across, 10)
  const inside = numbers.filter((number) => {
    const [, across, down] = placesOf(wide, number)
    return across >= first && across <= last && down === 2
  })
  const { scores, standings } = trialsOf(numbers)
  const held = inside.filter((number) => standings[number] === 0).map((number) => scores[number])
  expect(map.count[cell]).toBe(inside.length)
  expect(map.held[cell]).toBe(held.length)
  expect(map.best[cell]).toBe(Math.max(...held))
  expect(scores[map.bestNumber[cell]]).toBe(map.best[cell])
  expect(map.mean[cell]).toBeCloseTo(held.reduce((sum, score) => sum + score, 0) / held.length, 12)
  expect(map.count.reduce((sum, count) => sum + count, 0)).toBe(600)
})

test("a search over one param is a map of one line, over many the first six pairs", () => {
  expect(emptyTopList(shape(9)).maps.map(({ across, down }) => [across.dimension, down.dimension])).toEqual([[1, 0]])
  expect(emptyTopList(shape(1)).maps).toEqual([])
  expect(emptyTopList(shape(5, 5, 5, 5, 5, 5)).maps).toHaveLength(MOST_MAPS)
  expect(emptyTopList({ variants: { length: 4 }, dimensions: [] }).maps).toHaveLength(1)
})

test("every trial is as likely in the sample", () => {
  const { sample } = listOf(space, [everyNumber])
  expect(new Set(sample.map(({ number }) => number)).size).toBe(SAMPLE_SIZE)
  const quarters = [0, 1, 2, 3].map(
    (quarter) => sample.filter(({ number }) => Math.floor(number / 300) === quarter).length,
  )
  for (const count of quarters) expect(Math.abs(count - 64)).toBeLessThan(30)
})

test("its size does not grow with the trials", () => {
  const list = emptyTopList(shape(1_000, 1_000))
  const sizes = [0, 1].map((half) => {
    for (let at = 0; at < 20; at++) {
      const first = (half * 20 + at) * 1_000
      addTrials(list, trialsOf(Array.from({ length: 1_000 }, (_, n) => first + n)))
    }
    return list.best.length + list.sample.length + list.histogram.counts.length + list.maps[0].best.length
  })
  expect(sizes[1]).toBeLessThanOrEqual(sizes[0] + MOST_BINS)
  expect(list.trials).toBe(40_000)
})

test("a method learns that what cannot be judged has no score", () => {
  const told = toldScores(trialsOf([0, 1, 2]))
  expect(told[0]).toBeNaN()
  expect(told[1]).toBeLessThan(told[2])
})
