import fc from "fast-check"
import { expect, test } from "vitest"
import { ParzenDimension } from "./parzen.ts"

test("likelihoods are above 0 and add up to 1, whatever was tried", () => {
  const tried = fc
    .integer({ min: 1, max: 500 })
    .chain((radix) =>
      fc.tuple(fc.constant(radix), fc.boolean(), fc.array(fc.nat({ max: radix - 1 }), { maxLength: 40 })),
    )
  fc.assert(
    fc.property(tried, ([radix, ordinal, places]) => {
      const dimension = new ParzenDimension(radix, ordinal)
      for (const place of places) dimension.add(place)
      const { good, bad } = dimension.densities(places.slice(0, 5))
      for (const density of [good, bad]) {
        expect(density.every((likelihood) => likelihood > 0)).toBe(true)
        expect(density.reduce((sum, likelihood) => sum + likelihood, 0)).toBeCloseTo(1, 9)
      }
    }),
  )
})

test("a place is in its cell, and a cell gives only its own places", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (radix, chance) => {
      const dimension = new ParzenDimension(radix, true)
      const cell = dimension.cellOf(Math.floor(chance * radix))
      expect(dimension.cellOf(dimension.placeIn(cell, chance))).toBe(cell)
    }),
  )
})

test("near a good number is likely good; near a good category says nothing", () => {
  const likelihoods = (ordinal: boolean) => {
    const dimension = new ParzenDimension(20, ordinal)
    for (const place of [4, 4, 5, 15, 16]) dimension.add(place)
    return dimension.densities([4, 4]).good
  }
  const numbers = likelihoods(true)
  expect(numbers[3]).toBeGreaterThan(3 * numbers[12])
  const categories = likelihoods(false)
  expect(categories[4]).toBeGreaterThan(5 * categories[3])
  expect(categories[3]).toBe(categories[12])
})
