import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { formatDate, formatDateTime, formatDuration, isoDate, timeOfIsoDate } from "./date-format.ts"

const march = Date.UTC(2024, 2, 1, 14, 0)

test("a moment is told by day, month in letters, year and a 24-hour clock", () => {
  expect(formatDateTime(march, "utc")).toBe("1 Mar 2024, 14:00")
  expect(formatDate(march, "utc")).toBe("1 Mar 2024")
})

test("midnight is 00:00, not 24:00", () => {
  expect(formatDateTime(Date.UTC(2024, 2, 1), "utc")).toBe("1 Mar 2024, 00:00")
})

test("a moment that is not known is a dash", () => {
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
