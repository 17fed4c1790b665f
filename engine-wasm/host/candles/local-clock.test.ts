import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { timeframeOfTimes } from "./candle-grid.ts"
import { localTimes, places } from "../../testing/local-candles.ts"
import { strayStretches } from "./local-clock.ts"
import { holesOf } from "./quality/candle-holes.ts"
import { candleTimeframesMs, DAY_MS, HOUR_MS, MINUTE_MS, type CandleTimeframe } from "./timeframe.ts"

/** A day that begins a week elsewhere than on Monday too. */
const anyStart = (timeframe: CandleTimeframe) =>
  fc
    .integer({ min: 38 * 365, max: 60 * 365 })
    .map((day) => day * DAY_MS - ((day * DAY_MS) % Math.min(candleTimeframesMs[timeframe], DAY_MS)))

const localCandles = fc
  .constantFrom<CandleTimeframe>("2h", "4h", "6h", "8h", "12h", "1d", "1w", "1M")
  .chain((timeframe) =>
    fc.record({
      timeframe: fc.constant(timeframe),
      place: fc.constantFrom(...places),
      fromMs: anyStart(timeframe),
      count: fc.integer({ min: 30, max: 1500 }),
      rests: fc.boolean(),
    }),
  )

describe("candles aligned to a local clock", () => {
  test("have their timeframe, no stray and, in markets that never close, no gap, in every zone and year", () => {
    fc.assert(
      fc.property(localCandles, (asked) => {
        const openTimeMs = localTimes(asked)
        const timeframeMs = candleTimeframesMs[asked.timeframe]
        expect(timeframeOfTimes(openTimeMs)).toEqual({ ok: true, timeframeMs })
        expect(strayStretches(openTimeMs, timeframeMs)).toEqual([])
        expect(asked.rests ? [] : holesOf({ openTimeMs, timeframeMs })).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test("one that opens at another time is the only stray, or refused", () => {
    const moved = fc.integer({ min: 1, max: 23 * 60 }).map((minutes) => minutes * MINUTE_MS)
    fc.assert(
      fc.property(localCandles, fc.nat(), moved, (asked, nth, byMs) => {
        const { timeframe } = asked
        const openTimeMs = localTimes(asked)
        const timeframeMs = candleTimeframesMs[timeframe]
        const at = 1 + (nth % (openTimeMs.length - 2))
        fc.pre(timeframe !== "1M" && byMs < timeframeMs && openTimeMs[at] + byMs < openTimeMs[at + 1])
        // Clocks do shift by half an hour or one; which of two candles is late then, nobody can say.
        fc.pre(byMs > HOUR_MS && timeframeMs - byMs > HOUR_MS)
        // A week that begins a day late begins after a holiday.
        fc.pre(timeframe !== "1w" || DAY_MS - byMs > HOUR_MS)
        openTimeMs[at] += byMs
        const isFirstOfSession = timeframeMs < DAY_MS && openTimeMs[at + 1] - openTimeMs[at] < timeframeMs
        const strays = strayStretches(openTimeMs, timeframeMs)
        fc.pre(!isFirstOfSession || strays.length > 0)
        expect(strays.map(({ fromMs, count }) => [fromMs, count])).toEqual([[openTimeMs[at], 1]])
      }),
      { numRuns: 150 },
    )
  })
})

/** Where clocks do what few others do, each through a whole round of it. */
const oddPlaces = [
  "Africa/Casablanca",
  "Pacific/Chatham",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
]

test.each(oddPlaces.flatMap((place) => (["4h", "1d", "1w"] as const).map((timeframe) => [timeframe, place] as const)))(
  "%s candles of %s are recognised from 2013 to 2034, and one at another time is off their grid",
  (timeframe, place) => {
    const timeframeMs = candleTimeframesMs[timeframe]
    const fromMs = Date.UTC(2013, 0, 7)
    const count = Math.floor((Date.UTC(2034, 0, 1) - fromMs) / timeframeMs)
    const openTimeMs = localTimes({ place, timeframe, fromMs, count })
    expect(timeframeOfTimes(openTimeMs)).toEqual({ ok: true, timeframeMs })
    expect(strayStretches(openTimeMs, timeframeMs)).toEqual([])
    expect(holesOf({ openTimeMs, timeframeMs })).toEqual([])
    for (const part of [0.1, 0.45, 0.8]) {
      const moved = openTimeMs.slice()
      const at = Math.floor(count * part)
      // A candle that comes late and short begins a session; one that comes early belongs nowhere.
      moved[at] -= 100 * MINUTE_MS
      expect(strayStretches(moved, timeframeMs).map(({ fromMs, count }) => [fromMs, count])).toEqual([[moved[at], 1]])
    }
  },
)

const day = (date: string) => Date.parse(`${date}T00:00Z`)
const days = (from: string, count: number, hour = 0) =>
  Float64Array.from({ length: count }, (_, n) => day(from) + n * DAY_MS + hour * HOUR_MS)
const straysAmong = (openTimeMs: Float64Array) =>
  strayStretches(openTimeMs, DAY_MS).map(({ fromMs }) => new Date(fromMs).toISOString().slice(0, 16))

test("days of UTC with one an hour late, in summer or in March, have one stray", () => {
  for (const date of ["2024-06-15", "2024-03-10", "2024-03-31"]) {
    const openTimeMs = days("2024-01-01", 250)
    openTimeMs[openTimeMs.indexOf(day(date))] += HOUR_MS
    expect(straysAmong(openTimeMs)).toEqual([`${date}T01:00`])
  }
})

test("days that open an hour later from June on, or for three weeks of March, are strays: no clock does that", () => {
  const june = Float64Array.of(...days("2024-01-01", 200), ...days("2024-07-19", 50, 1))
  expect(straysAmong(june)).toEqual(["2024-07-19T01:00"])
  const march = Float64Array.of(...days("2024-01-01", 60), ...days("2024-03-01", 21, 1), ...days("2024-03-22", 100))
  expect(straysAmong(march)).toEqual(["2024-03-01T01:00"])
})

test("sessions whose first candle is cut to the full hour keep their hours", () => {
  const times: number[] = []
  for (let n = 0; n < 30; n++)
    for (const minutes of [570, 600, 660, 720, 780, 840, 900])
      times.push(day("2024-06-03") + n * DAY_MS + minutes * MINUTE_MS)
  const openTimeMs = Float64Array.from(times)
  expect(timeframeOfTimes(openTimeMs)).toEqual({ ok: true, timeframeMs: HOUR_MS })
  expect(strayStretches(openTimeMs, HOUR_MS)).toEqual([])
})

test("weeks and months of a stock market may begin late, after holidays", () => {
  const weeks = Float64Array.from(
    { length: 60 },
    (_, n) => day("2024-01-01") + 7 * n * DAY_MS + (n % 9 === 2 ? DAY_MS : 0),
  )
  expect(timeframeOfTimes(weeks)).toEqual({ ok: true, timeframeMs: 7 * DAY_MS })
  expect(strayStretches(weeks, 7 * DAY_MS)).toEqual([])
  const months = Float64Array.from({ length: 36 }, (_, n) => Date.UTC(2021, n, 1 + (n % 4), 14, 30))
  expect(timeframeOfTimes(months)).toEqual({ ok: true, timeframeMs: 31 * DAY_MS })
})

test("months dated by their last day do not count as months that begin then", () => {
  const ends = Float64Array.from({ length: 36 }, (_, n) => Date.UTC(2021, n + 1, 0))
  expect(timeframeOfTimes(ends)).toMatchObject({
    ok: false,
    because: expect.stringContaining("dated by the last day of each month"),
  })
})
