import fc from "fast-check"
import { expect, test } from "vitest"
import { runOf } from "../../testing/run-record-story.ts"
import { dailyEquity, dailyReturns, deviationOf, downsideDeviationOf, meanOf } from "./daily-returns.ts"
import { DAY_MS, HOUR_MS } from "../candles/timeframe.ts"

const FIRST_DAY = Date.UTC(2024, 0, 1) / DAY_MS
const values = (...numbers: number[]) => Float64Array.from(numbers)

test("a candle that closes at midnight belongs to the day it ends", () => {
  const { equity, timeframeMs } = runOf({ equity: [1, 2, 3, 4, 5], timeframeMs: 12 * HOUR_MS })
  expect(dailyEquity(equity, timeframeMs)).toEqual({ firstDay: FIRST_DAY, equity: values(2, 4, 5) })
})

test("a day without candles keeps the day before", () => {
  const curve = { openTimeMs: values(0, 1, 4).map((day) => day * DAY_MS), equity: values(10, 11, 12) }
  expect(dailyEquity(curve, DAY_MS).equity).toEqual(values(10, 11, 11, 11, 12))
})

test("a weekly candle counts on the day it closes", () => {
  const { equity } = runOf({ equity: [110, 121], timeframeMs: 7 * DAY_MS })
  expect(dailyEquity(equity, 7 * DAY_MS)).toEqual({
    firstDay: FIRST_DAY + 6,
    equity: values(110, 110, 110, 110, 110, 110, 110, 121),
  })
})

test("whatever candles are missing, each day ends with the last one that closed by then", () => {
  const present = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }).filter((candles) => candles.includes(true))
  fc.assert(
    fc.property(present, fc.constantFrom(6 * HOUR_MS, 12 * HOUR_MS, DAY_MS), (candles, timeframeMs) => {
      const opens = candles.flatMap((there, i) => (there ? [i * timeframeMs] : []))
      const { firstDay, equity } = dailyEquity(
        { openTimeMs: values(...opens), equity: values(...opens.map((_, i) => i)) },
        timeframeMs,
      )
      const closedBy = Array.from(equity, (_, day) =>
        opens.findLastIndex((open) => open + timeframeMs <= (firstDay + day + 1) * DAY_MS),
      )
      expect([...equity]).toEqual(closedBy)
    }),
  )
})

test("the first day starts from the cash, and no gain is possible after equity reached 0", () => {
  expect(dailyReturns({ firstDay: 0, equity: values(110, 55, 0, 0) }, 100)).toEqual(values(110 / 100 - 1, -0.5, -1, 0))
})

test("the daily returns compound to the total return", () => {
  const samples = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 100 })
  fc.assert(
    fc.property(samples, fc.constantFrom(HOUR_MS, 8 * HOUR_MS, DAY_MS, 7 * DAY_MS), (equity, timeframeMs) => {
      const run = runOf({ cash: 100, equity, timeframeMs })
      const growth = dailyReturns(dailyEquity(run.equity, timeframeMs), 100).reduce(
        (product, gain) => product * (1 + gain),
        100,
      )
      expect(growth / equity.at(-1)!).toBeCloseTo(1, 9)
    }),
  )
})

test("mean, sample deviation and downside deviation of 1, -2, 4", () => {
  expect(meanOf(values(1, -2, 4))).toBe(1)
  expect(deviationOf(values(1, -2, 4))).toBe(3)
  expect(downsideDeviationOf(values(1, -2, 1, 4))).toBe(1)
})

test("equal values do not deviate, even when their mean is rounded", () => {
  expect(deviationOf(values(0.1, 0.1, 0.1))).toBe(0)
})
