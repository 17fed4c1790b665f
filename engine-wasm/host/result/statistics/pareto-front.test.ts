import fc from "fast-check"
import { expect, test } from "vitest"
import { MOST_PARETO_POINTS, paretoFront } from "./pareto-front.ts"

const front = (...objectives: number[][]) => [...paretoFront(objectives.map((values) => Float64Array.from(values)))]

test("a point that another beats in everything is not in the front, one that is best in something is", () => {
  expect(front([1, 2, 3, 2], [3, 2, 1, 1])).toEqual([0, 1, 2])
})

test("equal points are all kept, those that cannot be judged are not, and nothing has no front", () => {
  expect(front([1, 1, 0], [1, 1, 1])).toEqual([0, 1])
  expect(front([NaN, 1, 2], [9, NaN, 1])).toEqual([2])
  expect(front([-Infinity, Infinity])).toEqual([1])
  expect(front()).toEqual([])
  expect(front([], [])).toEqual([])
})

test("in and out of the front are exactly those that the definition names", () => {
  const level = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(NaN))
  const points = fc
    .integer({ min: 1, max: 4 })
    .chain((size) => fc.array(fc.array(level, { minLength: size, maxLength: size }), { minLength: 1, maxLength: 40 }))
  fc.assert(
    fc.property(points, (each) => {
      const judged = each.filter((point) => !point.some(Number.isNaN))
      const beaten = (point: number[]) =>
        judged.some(
          (other) => other.every((value, at) => value >= point[at]) && other.some((value, at) => value > point[at]),
        )
      const expected = [...each.keys()].filter((at) => !each[at].some(Number.isNaN) && !beaten(each[at]))
      expect(front(...each[0].map((_, objective) => each.map((point) => point[objective])))).toEqual(expected)
    }),
  )
})

test("too many points are refused rather than compared for minutes", () => {
  expect(() => paretoFront([new Float64Array(MOST_PARETO_POINTS + 1)])).toThrow(/at most 20000/)
})
