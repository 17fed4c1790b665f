import fc from "fast-check"
import { expect, test } from "vitest"
import { normalCdf, normalQuantile } from "./normal-distribution.ts"

const away = (value: number, truth: number) => Math.abs(value / truth - 1)

test("the cumulative distribution has 13 digits of 40-digit arithmetic's, in the far tail too", () => {
  // mpmath 1.3.0, ncdf at 40 digits.
  const known: [number, number][] = [
    [-37, 5.725571222524577e-300],
    [-20, 2.7536241186062337e-89],
    [-8, 6.220960574271784e-16],
    [-5, 2.866515718791939e-7],
    [-3, 0.0013498980316300946],
    [-2.6, 0.004661188023718749],
    [-2.4, 0.008197535924596131],
    [-1, 0.15865525393145705],
    [-0.1, 0.460172162722971],
    [0, 0.5],
    [0.3, 0.6179114221889527],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [2.45, 0.9928571892647285],
    [3, 0.9986501019683699],
    [6, 0.9999999990134123],
  ]
  for (const [z, share] of known) expect(away(normalCdf(z), share), `at ${z}`).toBeLessThan(1e-13)
  expect([normalCdf(-1e9), normalCdf(1e9), normalCdf(-Infinity), normalCdf(Infinity), normalCdf(NaN)]).toEqual([
    0,
    1,
    0,
    1,
    NaN,
  ])
})

test("the inverse has 15 digits, in the far tail too", () => {
  // mpmath 1.3.0, the root of ncdf at 40 digits.
  const known: [number, number][] = [
    [1e-300, -37.0470962993612],
    [1e-100, -21.273453560965326],
    [1e-20, -9.262340089798407],
    [1e-9, -5.9978070150076865],
    [0.001, -3.0902323061678136],
    [0.025, -1.9599639845400543],
    [0.08, -1.4050715603096327],
    [0.3, -0.5244005127080408],
    [0.49, -0.025068908258711057],
  ]
  for (const [share, z] of known) expect(away(normalQuantile(share), z), `at ${share}`).toBeLessThan(2e-15)
  expect([
    normalQuantile(0),
    normalQuantile(0.5),
    normalQuantile(1),
    normalQuantile(-0.1),
    normalQuantile(NaN),
  ]).toEqual([-Infinity, 0, Infinity, NaN, NaN])
})

test("one undoes the other, both rise, and both sides mirror each other", () => {
  const share = fc.double({ min: 1e-12, max: 0.5, noNaN: true })
  fc.assert(
    fc.property(share, share, (one, other) => {
      const [z, further] = [normalQuantile(one), normalQuantile(other)]
      expect(away(normalCdf(z), one)).toBeLessThan(1e-12)
      expect(normalCdf(-z)).toBeCloseTo(1 - one, 14)
      expect(one < other ? z <= further : z >= further).toBe(true)
    }),
  )
})
