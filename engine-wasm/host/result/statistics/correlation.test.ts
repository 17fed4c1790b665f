import fc from "fast-check"
import { expect, test } from "vitest"
import { correlationOf } from "./correlation.ts"

test("it is that of a calculation by hand", () => {
  // Deviations -2 -1 0 1 2 and -1.2 -2.2 0.8 -0.2 2.8: products sum to 10, squares to 10 and 14.8.
  expect(correlationOf(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(2, 1, 4, 3, 6))).toBeCloseTo(
    10 / Math.sqrt(148),
    14,
  )
})

test("what does not vary goes with nothing", () => {
  expect(correlationOf(Float64Array.of(1, 2, 3), Float64Array.of(0.1, 0.1, 0.1))).toBeNaN()
  expect(correlationOf(Float64Array.of(1), Float64Array.of(2))).toBeNaN()
})

test("scale and place do not matter, a turned sign turns it", () => {
  const column = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 30 })
  fc.assert(
    fc.property(column, (whole) => {
      const one = Float64Array.from(whole)
      const other = one.map((number, at) => ((number * 31 + at * 17) % 101) - 50)
      const both = correlationOf(one, other)
      const scaled = correlationOf(
        one.map((number) => 3 * number + 7),
        other.map((number) => -2 * number),
      )
      expect(Number.isNaN(both) ? Number.isNaN(scaled) : Math.abs(both + scaled) < 1e-9 && Math.abs(both) <= 1).toBe(
        true,
      )
    }),
  )
})
