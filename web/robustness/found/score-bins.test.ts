import { expect, test } from "vitest"
import { binsOf } from "./score-bins.ts"

test("every score is counted once, and one more value has its place among them", () => {
  const scores = Array.from({ length: 199 }, (_, n) => Math.sin(n))
  const bins = binsOf(scores, 3)
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(199)
  expect(bins[0].from).toBeCloseTo(Math.min(...scores))
  expect(bins.at(-1)!.to).toBeCloseTo(3)
  expect(bins.every(({ from, to }, at) => to > from && (at === 0 || from === bins[at - 1].to))).toBe(true)
})

test("markets that could not be judged are left out, and equal scores still have a bar", () => {
  const bins = binsOf([1, 1, -Infinity, 1], 1)
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(3)
  expect(binsOf([], 2).every(({ count }) => count === 0)).toBe(true)
})
