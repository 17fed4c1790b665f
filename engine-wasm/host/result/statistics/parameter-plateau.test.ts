import fc from "fast-check"
import { expect, test } from "vitest"
import { parameterPlateau } from "./parameter-plateau.ts"

/** The scores of a whole grid, row by row. */
function whole(rows: number[][]) {
  const scores = Float64Array.from(rows.flat())
  return { sizes: [rows.length, rows[0].length], numbers: scores.map((_, at) => at), scores }
}

const hillAndSpike = [
  [0, 0, 0, 0, 0, 0],
  [0, 9, 0, 5, 6, 5],
  [0, 0, 0, 6, 7, 6],
  [0, 0, 0, 5, 6, 5],
]

test("the highest score is a spike, the best plateau the top of a hill", () => {
  const { neighboursMedian, plateauScore, best } = parameterPlateau(whole(hillAndSpike))
  expect([neighboursMedian[7], plateauScore[7]]).toEqual([0, 0])
  expect([neighboursMedian[16], plateauScore[16]]).toEqual([6, 6])
  expect(best).toBe(16)
})

test("at the edge there are fewer neighbours; what was not tried or not judged counts for nothing", () => {
  const line = { sizes: [5], numbers: Float64Array.of(4, 0, 1, 3), scores: Float64Array.of(8, 1, 2, NaN) }
  const { neighboursMedian, plateauScore, best } = parameterPlateau(line)
  expect([...neighboursMedian]).toEqual([NaN, 2, 1, 8])
  expect([...plateauScore]).toEqual([NaN, 1, 1, NaN])
  expect(best).toBe(1)
})

test("a dead neighbour pulls down, a choice without order has no neighbours", () => {
  const grid = {
    sizes: [2, 3],
    numbers: Float64Array.of(0, 1, 2, 3, 4, 5),
    scores: Float64Array.of(1, 2, 3, -Infinity, 9, 9),
  }
  expect(parameterPlateau(grid).neighboursMedian[0]).toBe(-Infinity)
  const { neighboursMedian } = parameterPlateau({ ...grid, isOrdered: [false, true] })
  expect([...neighboursMedian]).toEqual([2, 2, 2, 9, -Infinity, 9])
})

test("nothing tried has no plateau", () => {
  expect(
    parameterPlateau({ sizes: [3], numbers: new Float64Array(0), scores: new Float64Array(0) }).best,
  ).toBeUndefined()
  expect(parameterPlateau({ sizes: [1], numbers: Float64Array.of(0), scores: Float64Array.of(5) }).best).toBeUndefined()
})

test("neighbours are those whose places differ by one in one dimension, on any grid with holes in it", () => {
  const grid = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((sizes) =>
    fc.record({
      sizes: fc.constant(sizes),
      numbers: fc.subarray([...Array(sizes.reduce((product, size) => product * size, 1)).keys()]),
      seed: fc.integer({ min: 1, max: 1000 }),
    }),
  )
  fc.assert(
    fc.property(grid, ({ sizes, numbers, seed }) => {
      const scoreOf = (number: number) => (number * seed * 7919) % 101
      const placesOf = (number: number) => {
        let rest = number
        return sizes.toReversed().map((size) => {
          const place = rest % size
          rest = (rest - place) / size
          return place
        })
      }
      const apart = (one: number, other: number) =>
        placesOf(one).reduce((sum, place, at) => sum + Math.abs(place - placesOf(other)[at]), 0)
      const { neighboursMedian } = parameterPlateau({
        sizes,
        numbers: Float64Array.from(numbers),
        scores: Float64Array.from(numbers, scoreOf),
      })
      const medians = numbers.map((number) => {
        const near = numbers
          .filter((other) => apart(number, other) === 1)
          .map(scoreOf)
          .toSorted((a, b) => a - b)
        return (near[(near.length - 1) >> 1] + near[near.length >> 1]) / 2
      })
      expect([...neighboursMedian]).toEqual(medians)
    }),
  )
})
