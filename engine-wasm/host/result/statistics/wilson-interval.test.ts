import fc from "fast-check"
import { expect, test } from "vitest"
import { wilsonInterval } from "./wilson-interval.ts"

test("the interval is that of the textbooks", () => {
  // R. G. Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  const known: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ]
  for (const [hits, count, low, high] of known) {
    const interval = wilsonInterval(hits, count)!
    expect(interval[0], `${hits} of ${count}`).toBeCloseTo(low, 4)
    expect(interval[1], `${hits} of ${count}`).toBeCloseTo(high, 4)
  }
  expect(wilsonInterval(0, 0)).toBeNull()
})

test("it holds the share, lies within 0 and 1, and misses mirror hits", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, part) => {
      const hits = Math.round(count * part)
      const [low, high] = wilsonInterval(hits, count)!
      const [mirroredLow, mirroredHigh] = wilsonInterval(count - hits, count)!
      const share = hits / count
      expect(low >= 0 && low <= share + 1e-12 && share - 1e-12 <= high && high <= 1).toBe(true)
      expect(low).toBeCloseTo(1 - mirroredHigh, 12)
      expect(high).toBeCloseTo(1 - mirroredLow, 12)
    }),
  )
})
