import fc from "fast-check"
import { expect, test } from "vitest"
import { exp, ln, ln1p, power } from "./elementary-function.ts"

/** Whether equal to within a few units in the last place, or a part in 1e15 of `scale`. */
function isNear(ours: number, theirs: number, scale = 0): boolean {
  return (
    Object.is(ours, theirs) ||
    Math.abs(ours - theirs) <= 2e-15 * Math.max(Math.abs(theirs), scale) + 2 * Number.MIN_VALUE
  )
}

test("the logarithm is the platform's, to a few units in the last place, for every positive number", () => {
  fc.assert(fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (x) => isNear(ln(x), Math.log(x))))
  fc.assert(fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => isNear(ln(x), Math.log(x))))
  expect([ln(1), ln(0), ln(-1), ln(Infinity)]).toEqual([0, -Infinity, NaN, Infinity])
})

test("close to 1 the logarithm keeps its digits", () => {
  fc.assert(
    fc.property(fc.double({ min: -0.99, max: 5, noNaN: true }), (y) =>
      isNear(ln1p(y), Math.log1p(y), Math.abs(y) < 0.4 ? 0 : 1),
    ),
  )
  expect(ln1p(1e-20)).toBe(1e-20)
})

test("the exponential is the platform's, from nothing to infinity", () => {
  fc.assert(fc.property(fc.double({ min: -708, max: 709, noNaN: true }), (x) => isNear(exp(x), Math.exp(x))))
  expect([exp(0), exp(-1000), exp(1000), exp(-Infinity), exp(Infinity), exp(NaN)]).toEqual([
    1,
    0,
    Infinity,
    0,
    Infinity,
    NaN,
  ])
})

test("a power is the platform's, its error growing with the exponent as rounding does", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      fc.double({ min: -20, max: 20, noNaN: true }),
      (x, y) => {
        const theirs = x ** y
        expect(Math.abs(power(x, y) / theirs - 1)).toBeLessThan(1e-13)
      },
    ),
  )
  expect([power(7, 1), power(7, 0), power(0, 2)]).toEqual([7, 1, 0])
})
