import fc from "fast-check"
import { expect, test } from "vitest"
import { regularisedBeta, studentTPValue, studentTUpperTail } from "./student-t.ts"

test("the critical values of every statistics book give their p-values", () => {
  // Two-sided 5 % and 1 % points of Student's t.
  expect(studentTPValue(12.7062, 1)).toBeCloseTo(0.05, 6)
  expect(studentTPValue(2.2281, 10)).toBeCloseTo(0.05, 5)
  expect(studentTPValue(3.1693, 10)).toBeCloseTo(0.01, 5)
  expect(studentTPValue(2.75, 30)).toBeCloseTo(0.01, 5)
  expect(studentTPValue(1.95996, 1e7)).toBeCloseTo(0.05, 5)
})

test("with 1 and 2 degrees of freedom it agrees with the closed forms", () => {
  fc.assert(
    fc.property(fc.double({ min: -200, max: 200, noNaN: true }), (t) => {
      expect(studentTPValue(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(Math.abs(t)), 12)
      expect(studentTPValue(t, 2)).toBeCloseTo(1 - Math.abs(t) / Math.sqrt(2 + t * t), 12)
    }),
  )
})

test("a mean of exactly 0 is no evidence, an endless one leaves no doubt", () => {
  expect(studentTPValue(0, 5)).toBe(1)
  expect(studentTPValue(1e200, 5)).toBe(0)
})

test("one-sided, both tails make 1 and the upper one falls", () => {
  expect(studentTUpperTail(1.6973, 30)).toBeCloseTo(0.05, 5)
  expect(studentTUpperTail(-1.6973, 30)).toBeCloseTo(0.95, 5)
  expect(studentTUpperTail(0, 4)).toBe(0.5)
})

test("I_x(a, b) and its mirror image make 1", () => {
  const shape = fc.double({ min: 0.1, max: 500, noNaN: true })
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (x, a, b) => {
      expect(regularisedBeta(x, a, b) + regularisedBeta(1 - x, b, a)).toBeCloseTo(1, 10)
    }),
  )
})

test("I_x(a, 1) is x to the a", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 300, noNaN: true }), (x, a) => {
      expect(regularisedBeta(x, a, 1)).toBeCloseTo(x ** a, 11)
    }),
  )
})
