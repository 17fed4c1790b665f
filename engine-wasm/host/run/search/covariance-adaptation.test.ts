import { expect, test } from "vitest"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { CovarianceAdaptation } from "./covariance-adaptation.ts"

test("it finds the bottom of a valley a thousand times as long as wide, lying askew", () => {
  const chance = new SeededChance(3)
  const height = ([x, y]: number[]) => (x + y - 1) ** 2 * 1e6 + (x - y - 0.2) ** 2
  const adaptation = new CovarianceAdaptation({ mean: [0.1, 0.1], step: 0.3 }, 12, [0, 0])
  let best = Infinity
  for (let generation = 0; generation < 120; generation++) {
    const points = Array.from({ length: 12 }, () => adaptation.draw(chance)).sort((a, b) => height(a) - height(b))
    best = Math.min(best, height(points[0]))
    adaptation.learn(points)
  }
  expect(best).toBeLessThan(1e-10)
})

test("it keeps the spread that whole places need", () => {
  const chance = new SeededChance(4)
  const adaptation = new CovarianceAdaptation({ mean: [0.5], step: 0.3 }, 8, [0.05])
  for (let generation = 0; generation < 60; generation++)
    adaptation.learn(Array.from({ length: 8 }, () => adaptation.draw(chance)).sort((a, b) => a[0] ** 2 - b[0] ** 2))
  expect(adaptation.isNarrow).toBe(true)
  const drawn = Array.from({ length: 400 }, () => adaptation.draw(chance)[0])
  const mean = drawn.reduce((sum, x) => sum + x, 0) / 400
  expect(Math.sqrt(drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 400)).toBeGreaterThan(0.04)
})
