import fc from "fast-check"
import { expect, test } from "vitest"
import { combinedPValue } from "./combined-p-value.ts"

const of = (...pValues: number[]) => pValues.map((pValue) => ({ pValue }))

test("p-values combine as in SciPy, with weights and without", () => {
  // scipy.stats.combine_pvalues(…, method="stouffer"), SciPy 1.17.1.
  expect(combinedPValue(of(0.01, 0.2, 0.3))).toBeCloseTo(0.016512032608962935, 12)
  expect(
    combinedPValue([
      { pValue: 0.01, weight: 1 },
      { pValue: 0.2, weight: 2 },
      { pValue: 0.3, weight: 3 },
    ]),
  ).toBeCloseTo(0.06784119842865152, 12)
})

test("one test is itself, a coin says nothing, opposite results cancel", () => {
  expect(combinedPValue(of(0.03))).toBeCloseTo(0.03, 12)
  expect(combinedPValue(of(0.5, 0.5, 0.5))).toBeCloseTo(0.5, 12)
  expect(combinedPValue(of(0.02, 0.98))).toBeCloseTo(0.5, 12)
})

test("many weak hints are a strong one", () => {
  expect(combinedPValue(Array.from({ length: 9 }, () => ({ pValue: 0.2 })))).toBeLessThan(0.01)
})

test("what cannot be judged is left out, certainty does not outvote all others", () => {
  expect(combinedPValue([])).toBeNaN()
  expect(combinedPValue(of(NaN))).toBeNaN()
  expect(combinedPValue([...of(NaN, 0.03), { pValue: 0.9, weight: 0 }])).toBeCloseTo(0.03, 12)
  expect(combinedPValue(of(0, 1))).toBeCloseTo(0.5, 12)
})

test("the order does not matter, a smaller p-value never makes the whole larger", () => {
  const pValue = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(pValue, { minLength: 1, maxLength: 8 }), pValue, (each, other) => {
      expect(combinedPValue(of(...each.toReversed()))).toBeCloseTo(combinedPValue(of(...each)), 12)
      const smaller = each.with(0, Math.min(each[0], other))
      expect(combinedPValue(of(...smaller))).toBeLessThanOrEqual(combinedPValue(of(...each)) + 1e-12)
    }),
  )
})
