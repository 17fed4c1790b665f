import fc from "fast-check"
import { expect, test } from "vitest"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { dieboldMariano } from "./diebold-mariano.ts"

test("for one candle ahead it is the t-test of the mean, as calculated by hand", () => {
  // Mean 2.5, variance 1.25 (of 4): 2.5 / sqrt(1.25 / 4) x sqrt(3 / 4); the tail of Student's t with 3 degrees.
  const { statistic, pValue } = dieboldMariano(Float64Array.of(1, 2, 3, 4), 1)!
  expect(statistic).toBeCloseTo(Math.sqrt(15), 12)
  expect(pValue).toBeCloseTo(0.015233, 5)
})

test("for two candles ahead half of the first covariance counts twice, as calculated by hand", () => {
  // Covariance with the one before 0.3125, so 1.25 + 2 x 0.5 x 0.3125; the correction is (4 + 1 - 4 + 2 / 4) / 4.
  const { statistic, pValue } = dieboldMariano(Float64Array.of(1, 2, 3, 4), 2)!
  expect(statistic).toBeCloseTo(2.5 * Math.sqrt((0.375 * 4) / 1.5625), 12)
  expect(pValue).toBeCloseTo(0.04586, 5)
})

test("nothing is said of leads that do not vary, or are no more than the horizon", () => {
  expect(dieboldMariano(new Float64Array(100), 1)).toBeUndefined()
  expect(dieboldMariano(new Float64Array(100).fill(0.1), 1)).toBeUndefined()
  expect(dieboldMariano(Float64Array.of(1, 2, 3), 3)).toBeUndefined()
  expect(dieboldMariano(new Float64Array(0), 1)).toBeUndefined()
})

test("who leads whom only turns the sign", () => {
  const leads = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 60 })
  fc.assert(
    fc.property(leads, fc.integer({ min: 1, max: 5 }), (whole, horizon) => {
      const lead = Float64Array.from(whole)
      const [one, other] = [lead, lead.map((number) => -number)].map((column) => dieboldMariano(column, horizon))
      expect(one === undefined).toBe(other === undefined)
      if (!one || !other) return
      expect(one.statistic).toBeCloseTo(-other.statistic, 9)
      expect(one.pValue + other.pValue).toBeCloseTo(1, 9)
    }),
  )
})

test("leads that each last a day are a lead of days, not of hours", () => {
  const chance = new SeededChance(5)
  const day = Float64Array.from({ length: 100 }, () => chance.bell() + 0.2)
  const hours = Float64Array.from({ length: 2400 }, (_, hour) => day[Math.floor(hour / 24)])
  const [ofDays, asIfHours, ofHours] = [dieboldMariano(day, 1)!, dieboldMariano(hours, 1)!, dieboldMariano(hours, 24)!]
  expect(asIfHours.statistic / ofDays.statistic).toBeCloseTo(Math.sqrt(24), 0)
  expect(ofHours.statistic / ofDays.statistic).toBeLessThan(1.3)
})
