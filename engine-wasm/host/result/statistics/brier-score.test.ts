import { expect, test } from "vitest"
import { brierScore } from "./brier-score.ts"

test("a perfect forecast has 0, a coin 0.25, and who is sure of the opposite 1", () => {
  const happened = Float64Array.of(1, 0, 1)
  expect(brierScore(happened, happened)).toBe(0)
  expect(brierScore(Float64Array.of(0.5, 0.5, 0.5), happened)).toBe(0.25)
  expect(brierScore(Float64Array.of(0, 1, 0), happened)).toBe(1)
  expect(brierScore(Float64Array.of(0.8, 0.3, 0.6), happened)).toBeCloseTo((0.04 + 0.09 + 0.16) / 3, 15)
  expect(brierScore(new Float64Array(0), new Float64Array(0))).toBeNaN()
})
