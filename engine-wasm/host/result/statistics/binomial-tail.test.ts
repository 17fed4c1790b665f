import { expect, test } from "vitest"
import { binomialTail } from "./binomial-tail.ts"

test("of ten fair coins three or fewer are heads in 176 of 1,024 throws", () => {
  expect(binomialTail({ hits: 3, count: 10, share: 0.5 })).toBeCloseTo(176 / 1024, 12)
})

test.each([
  [0, 5, 0.2, 0.8 ** 5],
  [5, 5, 0.2, 1],
  [0, 0, 0.5, 1],
  [3, 9, 0, 1],
  [3, 9, 1, 0],
])("%d hits of %d at %d come by chance as they are counted by hand", (hits, count, share, likely) => {
  expect(binomialTail({ hits, count, share })).toBeCloseTo(likely, 12)
})

test("the tails of both sides add up to everything, also of many", () => {
  for (const count of [1, 30, 1_000, 20_000]) {
    const hits = Math.floor(count * 0.48)
    const both =
      binomialTail({ hits, count, share: 0.52 }) + binomialTail({ hits: count - hits - 1, count, share: 0.48 })
    expect(both).toBeCloseTo(1, 8)
  }
})
