import fc from "fast-check"
import { expect, test } from "vitest"
import { constraintsFor, Halving, survivorsOf, usualRungs } from "./halving.ts"

/** Runs a generation up its rungs; returns how many combinations ran on each. */
function climbed(halving: Halving, scoreOf: (number: number, share: number) => number): number[] {
  const counts: number[] = []
  for (let asked = halving.ask(); asked; asked = halving.ask()) {
    const { numbers, share } = asked
    counts.push(numbers.length)
    halving.tell(numbers.map((number) => scoreOf(number, share)))
  }
  return counts
}

const someScore = fc.oneof(fc.constant(Number.NaN), fc.double({ min: -2.9, max: 0.9, noNaN: true }))
const someGeneration = fc.uniqueArray(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 60 }).chain((numbers) =>
  fc.record({
    numbers: fc.constant(Float64Array.from(numbers)),
    scores: fc.array(fc.array(someScore, { minLength: 3, maxLength: 3 }), {
      minLength: numbers.length,
      maxLength: numbers.length,
    }),
  }),
)
const scoresBy = (numbers: Float64Array, scores: number[][]) => (number: number, share: number) =>
  scores[numbers.indexOf(number)][usualRungs.findIndex((rung) => rung.share === share)]
const bestFirst = (score: (number: number) => number) => (a: number, b: number) => score(b) - score(a) || a - b

test("of 90 combinations 30 go on over half of the candles, and 10 over all", () => {
  const halving = new Halving(Float64Array.from({ length: 90 }, (_, n) => n))
  expect(climbed(halving, (number) => number / 100)).toEqual([90, 30, 10])
  expect([...halving.finalists]).toEqual(Array.from({ length: 10 }, (_, n) => 80 + n))
})

test("the ranking of those that reach the last rung is the plain one", () => {
  fc.assert(
    fc.property(someGeneration, ({ numbers, scores }) => {
      const scoreOf = scoresBy(numbers, scores)
      const halving = new Halving(numbers)
      climbed(halving, scoreOf)
      const judged = [...halving.finalists].filter((number) => !Number.isNaN(scoreOf(number, 1)))
      const told = (number: number) => halving.told[numbers.indexOf(number)]
      expect(judged.toSorted(bestFirst(told))).toEqual(judged.toSorted(bestFirst((number) => scoreOf(number, 1))))
    }),
  )
})

test("who came farther is better, and every combination is a trial with a score", () => {
  fc.assert(
    fc.property(someGeneration, ({ numbers, scores }) => {
      const halving = new Halving(numbers)
      climbed(halving, scoresBy(numbers, scores))
      expect(halving.told).toHaveLength(numbers.length)
      const isFinal = (number: number) => halving.finalists.includes(number)
      const [last, stopped] = [isFinal, (number: number) => !isFinal(number)].map((which) =>
        [...halving.told].filter((score, at) => which(numbers[at]) && !Number.isNaN(score)),
      )
      expect(Math.min(...last)).toBeGreaterThan(Math.max(...stopped))
    }),
  )
})

test("a best one that is best on every rung is never lost", () => {
  fc.assert(
    fc.property(someGeneration, ({ numbers, scores }) => {
      const halving = new Halving(numbers)
      const steady = (number: number) => scores[numbers.indexOf(number)][0]
      climbed(halving, steady)
      const [best] = [...numbers].filter((number) => !Number.isNaN(steady(number))).sort(bestFirst(steady))
      expect(best === undefined || halving.finalists.includes(best)).toBe(true)
    }),
  )
})

test("those that cannot be judged go on last, and one always goes on", () => {
  expect([...survivorsOf(Float64Array.of(7, 5, 6), Float64Array.of(NaN, -2, NaN), 0.5)]).toEqual([5, 6])
  expect([...survivorsOf(Float64Array.of(7, 5), Float64Array.of(NaN, NaN), 0.1)]).toEqual([5])
})

test("a quarter of the candles is asked for a quarter of the trades", () => {
  expect(constraintsFor(1 / 4, { minTrades: 30, maxDrawdownPercent: 20 })).toEqual({
    minTrades: 8,
    maxDrawdownPercent: 20,
  })
  expect(constraintsFor(1 / 4, {})).toEqual({})
})
