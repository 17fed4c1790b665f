import { expect, test } from "vitest"
import { calendarTimeMs, millisecondsOf, timeUnitOf } from "./csv-time.ts"

test.each([
  ["2024-01-31", "2024-01-31T00:00:00.000Z"],
  ["2024/1/5", "2024-01-05T00:00:00.000Z"],
  ["2024.01.31 10:00:00", "2024-01-31T10:00:00.000Z"],
  ["20240131", "2024-01-31T00:00:00.000Z"],
  ["2024-01-31 10:00", "2024-01-31T10:00:00.000Z"],
  ["2024-01-31T10:00:30.25Z", "2024-01-31T10:00:30.250Z"],
  ["2024-01-31 10:00:00 UTC", "2024-01-31T10:00:00.000Z"],
  ["2024-01-31 10:00:00+02:00", "2024-01-31T08:00:00.000Z"],
  ["2024-01-31T10:00:00-0530", "2024-01-31T15:30:00.000Z"],
  ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ["1969-12-31", "1969-12-31T00:00:00.000Z"],
])("%s is %s", (text, iso) => expect(new Date(calendarTimeMs(text)).toISOString()).toBe(iso))

test.each([
  "2023-02-29",
  "2024-13-01",
  "2024-00-10",
  "2024-01-32",
  "31/01/2024",
  "01.02.2024",
  "2024-01-31 25:00",
  "2024-01-31 10:61",
  "2024-01/31",
  "10:00",
  "",
  "Jan 31 2024",
])("%s is not a time", (text) => expect(calendarTimeMs(text)).toBeNaN())

test("the size of a number shows its unit, and all units lead to the same millisecond", () => {
  const timeMs = Date.UTC(2024, 0, 31, 10)
  for (const [number, unit] of [
    [timeMs / 1000, "seconds"],
    [timeMs, "milliseconds"],
    [timeMs * 1000, "microseconds"],
    [timeMs * 1e6, "nanoseconds"],
  ] as const) {
    expect(timeUnitOf(number)).toBe(unit)
    expect(millisecondsOf(number, unit)).toBe(timeMs)
  }
})
