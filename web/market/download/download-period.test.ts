import { expect, test } from "vitest"
import { DAY_MS, HOUR_MS } from "#engine/candles"
import { daysOf } from "../../ui/date-format.ts"
import { firstPeriod, rangeOf } from "./download-period.ts"

const nowMs = Date.UTC(2026, 4, 17, 15, 30)
const days = daysOf({ timeframeMs: HOUR_MS }, "utc")
const own = (fromDay: string, toDay: string) => rangeOf({ period: "own", fromDay, toDay }, nowMs, days)

test("the last year goes from a midnight a year ago up to now", () => {
  expect(rangeOf(firstPeriod(nowMs, days), nowMs, days)).toEqual({
    ok: true,
    range: { fromMs: Date.UTC(2025, 4, 17), toMs: nowMs },
  })
})

test("both named days are included, and a day that is not over ends now", () => {
  expect(own("2026-01-01", "2026-01-31")).toEqual({
    ok: true,
    range: { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 1, 1) },
  })
  expect(own("2026-05-17", "2026-05-20")).toEqual({ ok: true, range: { fromMs: Date.UTC(2026, 4, 17), toMs: nowMs } })
})

test("the future, a backwards period and an empty field are refused, not fetched", () => {
  expect(own("2026-05-18", "2026-05-19")).toMatchObject({ ok: false, because: expect.stringContaining("future") })
  expect(own("2026-02-01", "2026-01-01")).toMatchObject({
    ok: false,
    because: expect.stringContaining("before the first"),
  })
  expect(own("", "2026-01-01")).toMatchObject({ ok: false, because: "Choose both days." })
})

test("one day is a period", () => {
  expect(own("2026-01-01", "2026-01-01")).toEqual({
    ok: true,
    range: { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 0, 1) + DAY_MS },
  })
})
