import fc from "fast-check"
import { expect, test } from "vitest"
import { barsToDraw, rangeOf } from "./bars-to-draw.ts"

const column = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.double({ noNaN: true }) }, fc.constant(NaN)), {
    minLength: 1,
    maxLength: 300,
  })
  .map((values) => Float64Array.from(values))
const stretch = fc.tuple(fc.nat(), fc.nat(), fc.double({ min: 0.1, max: 50, noNaN: true }))

function inside(values: Float64Array, [a, b, barsPerPixel]: [number, number, number]) {
  const [one, other] = [a % values.length, b % values.length]
  return { from: Math.min(one, other), to: Math.max(one, other), barsPerPixel }
}

test("however much is left out, the lowest and the highest value of the stretch are drawn, and its ends", () => {
  fc.assert(
    fc.property(column, stretch, (values, given) => {
      const { from, to, barsPerPixel } = inside(values, given)
      const drawn = barsToDraw(values, { from, to, barsPerPixel })
      const known = Array.from(values.subarray(from, to + 1)).filter((value) => !Number.isNaN(value))
      expect(rangeOf([Float64Array.from(drawn, (bar) => values[bar])], 0, drawn.length)).toEqual(
        known.length === 0 ? undefined : { min: Math.min(...known), max: Math.max(...known) },
      )
      if (known.length === 0) return
      expect(values[drawn[0]]).toBe(known[0])
      expect(values[drawn.at(-1)!]).toBe(known.at(-1))
    }),
  )
})

test("bars are drawn in order, once each, at most four to a pixel, all of them when each has a pixel", () => {
  fc.assert(
    fc.property(column, stretch, (values, given) => {
      const { from, to, barsPerPixel } = inside(values, given)
      const drawn = barsToDraw(values, { from, to, barsPerPixel })
      expect(drawn).toEqual([...new Set(drawn)].toSorted((a, b) => a - b))
      const pixels = Math.ceil((to - from + 1) / Math.max(1, Math.floor(barsPerPixel)))
      const known = values.subarray(from, to + 1).filter((value) => !Number.isNaN(value))
      expect(drawn.length).toBeLessThanOrEqual(barsPerPixel <= 1 ? known.length : 4 * pixels)
      expect(drawn.length).toBeGreaterThanOrEqual(barsPerPixel <= 1 ? known.length : Math.min(1, known.length))
    }),
  )
})
