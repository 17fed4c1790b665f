import fc from "fast-check"
import { expect, test } from "vitest"
import { DAY_MS, HOUR_MS } from "#engine/candles"
import { unseenPartOf } from "./unseen-part.ts"

const START = Date.UTC(2024, 0, 1)

function hours(count: number) {
  return { openTimeMs: Float64Array.from({ length: count }, (_, n) => START + n * HOUR_MS), timeframeMs: HOUR_MS }
}

test("thirty percent of a hundred days are the last thirty", () => {
  expect(unseenPartOf([hours(2400)], { unseenPercent: 30 })).toEqual({
    fromMs: START + 70 * DAY_MS,
    toMs: START + 100 * DAY_MS,
  })
})

test("the percent is of the chosen period, not of all candles", () => {
  const period = { fromMs: START + 20 * DAY_MS, toMs: START + 40 * DAY_MS }
  expect(unseenPartOf([hours(2400)], { ...period, unseenPercent: 50 })).toEqual({
    fromMs: START + 30 * DAY_MS,
    toMs: START + 40 * DAY_MS,
  })
})

test("markets tested together leave out the same part, from the first to the last of all their candles", () => {
  expect(unseenPartOf([hours(240), hours(2400), hours(0)], { unseenPercent: 30 })).toEqual({
    fromMs: START + 70 * DAY_MS,
    toMs: START + 100 * DAY_MS,
  })
})

test("nothing is left out where nobody asked, or where there is less than a day", () => {
  expect(unseenPartOf([hours(2400)], { unseenPercent: 0 })).toBeUndefined()
  expect(unseenPartOf([hours(20)], { unseenPercent: 30 })).toBeUndefined()
  expect(unseenPartOf([hours(0)], { unseenPercent: 30 })).toBeUndefined()
})

test("what is left out is never smaller than asked for, by less than a day, and lies within the period", () => {
  fc.assert(
    // A quarter of 120 hours is longer than a day: there is always a midnight to cut at.
    fc.property(fc.integer({ min: 120, max: 9000 }), fc.integer({ min: 1, max: 75 }), (count, unseenPercent) => {
      const part = unseenPartOf([hours(count)], { unseenPercent })!
      const asked = (count * HOUR_MS * unseenPercent) / 100
      expect(part.fromMs).toBeGreaterThan(START)
      expect(part.toMs - part.fromMs).toBeGreaterThanOrEqual(asked - 1)
      expect(part.toMs - part.fromMs).toBeLessThan(asked + DAY_MS + 1)
    }),
  )
})
