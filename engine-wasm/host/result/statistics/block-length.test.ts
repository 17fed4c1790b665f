import fc from "fast-check"
import { expect, test } from "vitest"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { blockLengthOf, marketBlockCandles } from "./block-length.ts"

function autoregressive(memory: number, { count, seed }: { count: number; seed: number }): Float64Array {
  const chance = new SeededChance(seed)
  let value = 0
  return new Float64Array(count).map(() => (value = memory * value + chance.bell()))
}

test("for a process with a known memory it finds the length theory names", () => {
  // For x = r x' + noise: G / g(0) = 2 r / (1 - r^2), so the best length is (2 r / (1 - r^2))^(2/3) n^(1/3).
  for (const memory of [0.3, 0.5, 0.7, 0.9]) {
    const count = 50_000
    const best = ((2 * memory) / (1 - memory * memory)) ** (2 / 3) * count ** (1 / 3)
    const found = [1, 2, 3, 4, 5].map((seed) => blockLengthOf(autoregressive(memory, { count, seed })))
    const mean = found.reduce((sum, each) => sum + each, 0) / found.length
    expect(Math.abs(mean / best - 1), `memory ${memory}`).toBeLessThan(0.15)
  }
})

test("a short series comes to the length that NumPy comes to", () => {
  // The same formulas, written from the papers once more.
  const drawn = (at: number) => ((at * at * 7919 + at * 104_729) % 1009) / 1009
  const values = Float64Array.from({ length: 300 }, (_, at) => drawn(at + 1) + 0.6 * drawn(at))
  expect(blockLengthOf(values)).toBeCloseTo(3.7296461390559568, 9)
})

test("values without memory need no blocks", () => {
  const found = Array.from({ length: 20 }, (_, seed) => blockLengthOf(autoregressive(0, { count: 2000, seed })))
  expect(found.toSorted((a, b) => a - b)[10]).toBeLessThan(6)
  expect(blockLengthOf(new Float64Array(100).fill(3))).toBe(1)
  expect(blockLengthOf(Float64Array.of(1, 2, 3))).toBe(1)
})

test("whatever the values, a length from 1 to a third of them", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 10, maxLength: 200 })
  fc.assert(
    fc.property(values, (each) => {
      const length = blockLengthOf(Float64Array.from(each))
      expect(length).toBeGreaterThanOrEqual(1)
      expect(length).toBeLessThanOrEqual(Math.ceil(each.length / 3))
    }),
  )
})

test("a market with calm and wild stretches is resampled in blocks of many candles", () => {
  const request = { seed: 3, candles: 4000, timeframe: "1h", startMs: 0, startPrice: 100, kind: "mixed" } as const
  expect(marketBlockCandles(syntheticCandles(request).close)).toBeGreaterThan(20)
})
