import fc from "fast-check"
import { expect, test } from "vitest"
import { medianOf, quantileOfSorted, spreadOf } from "./quantile.ts"

test("quantiles are those of NumPy", () => {
  const sorted = Float64Array.of(1, 2, 4, 8, 16, 32)
  // numpy.quantile of [1, 2, 4, 8, 16, 32].
  const known: [number, number][] = [
    [0, 1],
    [0.05, 1.25],
    [0.25, 2.5],
    [0.5, 6],
    [0.9, 24],
    [0.95, 28],
    [1, 32],
  ]
  for (const [share, value] of known) expect(quantileOfSorted(sorted, share)).toBeCloseTo(value, 12)
})

test("none has no quantile, one has only itself, an endless neighbour does not spoil an exact place", () => {
  expect(medianOf(new Float64Array(0))).toBeNaN()
  expect(quantileOfSorted([7], 0.95)).toBe(7)
  expect(quantileOfSorted([1, 2, Infinity], 0.5)).toBe(2)
  expect([medianOf(Float64Array.of(-Infinity, 2)), medianOf(Float64Array.of(Infinity, Infinity))]).toEqual([
    -Infinity,
    Infinity,
  ])
})

test("quantiles rise with the share and stay among the values", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 })
  fc.assert(
    fc.property(values, share, share, (each, one, other) => {
      const sorted = Float64Array.from(each).sort()
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      expect(quantileOfSorted(sorted, low)).toBeLessThanOrEqual(quantileOfSorted(sorted, high) + 1e-9)
      expect(quantileOfSorted(sorted, low)).toBeGreaterThanOrEqual(sorted[0])
      expect(quantileOfSorted(sorted, high)).toBeLessThanOrEqual(sorted[sorted.length - 1])
    }),
  )
})

test("a spread is the worst twentieth, the middle and the best twentieth", () => {
  expect(spreadOf(Float64Array.from({ length: 101 }, (_, at) => 100 - at))).toEqual({ worst: 5, median: 50, best: 95 })
})
