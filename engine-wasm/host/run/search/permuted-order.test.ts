import fc from "fast-check"
import { expect, test } from "vitest"
import { PermutedOrder } from "./permuted-order.ts"

test("every number comes exactly once", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), fc.nat(), (count, seed) => {
      const order = new PermutedOrder(count, seed)
      const numbers = Array.from({ length: count }, (_, place) => order.at(place)).sort((a, b) => a - b)
      expect(numbers).toEqual(Array.from({ length: count }, (_, n) => n))
    }),
  )
})

test("the first numbers are spread evenly over a space of any size, also near 2^53", () => {
  for (const count of [1_000, 3e9, Number.MAX_SAFE_INTEGER]) {
    const order = new PermutedOrder(count, 7)
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let place = 0; place < 1_000; place++) tenths[Math.floor((order.at(place) / count) * 10)]++
    for (const tenth of tenths) expect(Math.abs(tenth - 100), String(count)).toBeLessThan(45)
  }
})
