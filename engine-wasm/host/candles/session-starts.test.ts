import fc from "fast-check"
import { expect, test } from "vitest"
import { strayStretches } from "./local-clock.ts"
import { DAY_MS, HOUR_MS, MINUTE_MS, timeframesMs } from "./timeframe.ts"

const intraday = Object.values(timeframesMs).filter((ms) => ms > MINUTE_MS && ms < DAY_MS)
const START_MS = Date.UTC(2024, 0, 1)

/** One candle of some comes late; the others keep their hours. */
const late = fc.constantFrom(...intraday).chain((timeframeMs) =>
  fc.record({
    timeframeMs: fc.constant(timeframeMs),
    byMs: fc.integer({ min: 1, max: timeframeMs / MINUTE_MS - 1 }).map((minutes) => minutes * MINUTE_MS),
    startDay: fc.integer({ min: 0, max: 365 }),
    count: fc.integer({ min: 12, max: 800 }),
    nth: fc.nat(),
  }),
)

test("a candle that comes late is the only stray, whatever the timeframe, the shift, the day and the hour", () => {
  fc.assert(
    fc.property(late, fc.boolean(), ({ timeframeMs, byMs, startDay, count, nth }, isBehindHole) => {
      const fromMs = START_MS + startDay * DAY_MS
      const times = Array.from({ length: count }, (_, n) => fromMs + n * timeframeMs)
      const at = 2 + (nth % (count - 4))
      times[at] += byMs
      if (isBehindHole) times.splice(at - 1, 1)
      const strays = strayStretches(Float64Array.from(times), timeframeMs)
      expect(strays.map((each) => [each.fromMs, each.count])).toEqual([[fromMs + at * timeframeMs + byMs, 1]])
    }),
    { numRuns: 500 },
  )
})

/** The hours of markets that open beside the full hour, and one that does so again after lunch. */
const sessions = {
  newYork: [[870, 1260]],
  mumbai: [[225, 600]],
  tokyo: [
    [540, 690],
    [750, 900],
  ],
  sydney: [[605, 960]],
}

function sessionTimes(hours: number[][], days: number, stepMinutes: number): number[] {
  const times: number[] = []
  for (let day = 0; day < days; day++)
    for (const [open, close] of hours)
      for (let at = open; at < close; at = (Math.floor(at / stepMinutes) + 1) * stepMinutes)
        if (day % 7 < 5) times.push(START_MS + day * DAY_MS + at * MINUTE_MS)
  return times
}

test.each(Object.entries(sessions))(
  "in %s's sessions a first cut candle belongs, and a late one does not",
  (_, hours) => {
    for (const days of [2, 5, 40, 300])
      for (const step of [30, 60, 120]) {
        const times = sessionTimes(hours, days, step)
        expect(strayStretches(Float64Array.from(times), step * MINUTE_MS), `${days} days of ${step}`).toEqual([])
        if (days < 5) continue
        const noon =
          times.findIndex((time, at) => at > times.length / 2 && times[at + 1] - time === step * MINUTE_MS) + 1
        times[noon] += 17 * MINUTE_MS
        const strays = strayStretches(Float64Array.from(times), step * MINUTE_MS)
        expect(strays.map(({ fromMs }) => fromMs)).toEqual([times[noon]])
      }
  },
)

test("sessions keep their hours when clocks change", () => {
  const winter = sessionTimes(sessions.newYork, 70, 60)
  const summer = sessionTimes(sessions.newYork, 100, 60).map((time) => time + 70 * DAY_MS - HOUR_MS)
  expect(strayStretches(Float64Array.from([...winter, ...summer]), HOUR_MS)).toEqual([])
})
