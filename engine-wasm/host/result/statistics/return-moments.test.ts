import fc from "fast-check"
import { expect, test } from "vitest"
import { returnMoments } from "./return-moments.ts"

test("the four moments are those of SciPy", () => {
  const moments = returnMoments(Float64Array.of(0.01, -0.02, 0.015, 0.03, -0.05, 0.004, 0, 0.012))
  // numpy mean, std(ddof=1); scipy.stats skew, kurtosis(fisher=False), SciPy 1.17.1.
  expect(moments.count).toBe(8)
  expect(moments.mean).toBeCloseTo(0.00012499999999999924, 16)
  expect(moments.deviation).toBeCloseTo(0.024741160037476014, 14)
  expect(moments.skewness).toBeCloseTo(-1.02293097499887, 12)
  expect(moments.kurtosis).toBeCloseTo(3.203430780260835, 12)
})

test("two values as often as each other have kurtosis 1, the least there is, and no skewness", () => {
  const { skewness, kurtosis } = returnMoments(Float64Array.of(1, -1, 1, -1))
  expect([skewness, kurtosis]).toEqual([0, 1])
})

test("returns that do not vary have no shape", () => {
  expect(returnMoments(new Float64Array(5))).toEqual({ count: 5, mean: 0, deviation: 0, skewness: NaN, kurtosis: NaN })
  expect(returnMoments(new Float64Array(5).fill(0.1)).skewness).toBeNaN()
  expect(returnMoments(new Float64Array(0))).toMatchObject({ count: 0, mean: NaN, deviation: NaN, kurtosis: NaN })
})

test("shape does not depend on place and size, a mirror turns the skewness", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 50 })
  fc.assert(
    fc.property(values, (each) => {
      const as = (change: (value: number) => number) => returnMoments(Float64Array.from(each, change))
      const plain = as((value) => value)
      fc.pre(plain.deviation > 0)
      expect(as((value) => 3 * value + 7).skewness).toBeCloseTo(plain.skewness, 8)
      expect(as((value) => 3 * value + 7).kurtosis).toBeCloseTo(plain.kurtosis, 8)
      expect(as((value) => -value).skewness).toBeCloseTo(-plain.skewness, 8)
      expect(plain.kurtosis).toBeGreaterThanOrEqual(1 + plain.skewness * plain.skewness - 1e-9)
    }),
  )
})
