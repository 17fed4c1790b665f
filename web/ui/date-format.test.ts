import { afterEach, describe, expect, test } from "vitest"
import { DAY_MS, HOUR_MS } from "#engine/candles"
import {
  withLocalTimes,
  clockTimeOf,
  daysOf,
  formatCandle,
  formatCandleDay,
  formatDate,
  formatDateTime,
  formatDuration,
  isoDate,
  startOfDay,
  timeOfIsoDate,
} from "./date-format.ts"

const march = Date.UTC(2024, 2, 1, 14, 0)

test("a moment shows day, month in letters, year and a 24-hour clock", () => {
  expect(formatDateTime(march, "utc")).toBe("1 Mar 2024, 14:00")
  expect(formatDate(march, "utc")).toBe("1 Mar 2024")
})

test("midnight is 00:00, not 24:00", () => {
  expect(formatDateTime(Date.UTC(2024, 2, 1), "utc")).toBe("1 Mar 2024, 00:00")
})

test("an unknown moment is a dash", () => {
  expect(formatDate(null, "utc")).toBe("\u2014")
  expect(formatDate(Number.NaN, "local")).toBe("\u2014")
})

test("a date field's text comes back as the same day", () => {
  expect(timeOfIsoDate(isoDate(march))).toBe(Date.UTC(2024, 2, 1))
})

test("a day that does not exist is refused", () => {
  expect(timeOfIsoDate("2024-02-31")).toBeUndefined()
  expect(timeOfIsoDate("yesterday")).toBeUndefined()
})

test("durations show their two largest units", () => {
  expect(formatDuration(25 * 60_000)).toBe("25 min")
  expect(formatDuration(90 * 60_000)).toBe("1 h 30 min")
  expect(formatDuration(76 * HOUR_MS)).toBe("3 d 4 h")
  expect(formatDuration(48 * HOUR_MS)).toBe("2 d")
})

const ownZone = process.env.TZ
const inZone = (zone: string) => (process.env.TZ = zone)
afterEach(() => {
  if (ownZone === undefined) delete process.env.TZ
  else process.env.TZ = ownZone
})

const zones = ["America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin"]

describe.each(zones)("on a clock in %s", (zone) => {
  test("a daily candle of an exchange is dated by the day it covers, whichever clock is chosen", () => {
    inZone(zone)
    for (const [year, month, day, words] of [
      [2024, 0, 1, "1 Jan 2024"],
      [2024, 6, 31, "31 Jul 2024"],
    ] as const)
      for (const clock of ["utc", "local"] as const)
        expect(formatCandle(Date.UTC(year, month, day), DAY_MS, clock)).toBe(words)
  })

  test("a daily candle that begins at this clock's midnight is dated by its own day", () => {
    inZone(zone)
    for (const month of [0, 2, 6, 9, 10])
      for (let day = 1; day <= 28; day++)
        expect(formatCandleDay(new Date(2024, month, day).getTime(), DAY_MS, "local").split(" ")[0]).toBe(String(day))
  })

  test("a date field's day begins and ends where the clock says, through a change of summer time too", () => {
    inZone(zone)
    const days = daysOf({ timeframeMs: HOUR_MS }, "local")
    for (let at = 0; at < 366; at++) {
      const day = isoDate(Date.UTC(2024, 0, 1 + at))
      const next = isoDate(Date.UTC(2024, 0, 2 + at))
      const [startMs, endMs] = [days.startOf(day)!, days.startOf(next)!]
      expect([days.dayOf(startMs), days.dayOf(endMs - 1), days.dayOf(endMs)]).toEqual([day, day, next])
      expect(new Date(startMs).getHours()).toBe(0)
    }
  })

  test("the day in a date field is the day in a sentence, for hours and for days", () => {
    inZone(zone)
    for (const clock of ["utc", "local"] as const)
      for (const timeframeMs of [HOUR_MS, DAY_MS, 7 * DAY_MS])
        for (const openMs of [Date.UTC(2024, 0, 1), Date.UTC(2024, 6, 15), new Date(2024, 3, 2).getTime()]) {
          const day = daysOf({ timeframeMs, fromMs: openMs }, clock).dayOf(openMs)
          expect(formatDate(timeOfIsoDate(day), "utc")).toBe(formatCandleDay(openMs, timeframeMs, clock))
        }
  })

  test("weekday and hour are read from the clock", () => {
    inZone(zone)
    const timeMs = Date.UTC(2024, 2, 3, 4, 30)
    expect(new Date(clockTimeOf(timeMs, "local")).getUTCHours()).toBe(new Date(timeMs).getHours())
    expect(clockTimeOf(timeMs, "utc")).toBe(timeMs)
  })
})

test("an hour east of UTC is shown by the chosen clock", () => {
  inZone("Asia/Kolkata")
  expect(formatCandle(march, HOUR_MS, "local")).toBe("1 Mar 2024, 19:30")
  expect(formatCandle(march, HOUR_MS, "utc")).toBe("1 Mar 2024, 14:00")
})

test("an invalid day has no beginning", () => {
  expect(startOfDay("2024-02-30", "local")).toBeUndefined()
  expect(daysOf({ timeframeMs: DAY_MS }, "local").startOf("")).toBeUndefined()
})

test("times within a sentence of the relay are shown by the reader's clock, and other numbers stay", () => {
  const words = "Reached at 2026-11-30 14:05 UTC, it holds until 2026-12-01 00:00 UTC; 2026-11-30 is no time."
  expect(withLocalTimes(words, "utc")).toBe(
    `Reached at ${formatDateTime(Date.UTC(2026, 10, 30, 14, 5), "utc")} UTC, it holds until ${formatDateTime(Date.UTC(2026, 11, 1), "utc")} UTC; 2026-11-30 is no time.`,
  )
  expect(withLocalTimes("At 2026-11-30 14:05 UTC.", "local")).toBe(
    `At ${formatDateTime(Date.UTC(2026, 10, 30, 14, 5), "local")}.`,
  )
})
