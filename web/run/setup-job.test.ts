import { expect, test } from "vitest"
import { defaultSetup } from "./run-setup.ts"
import { jobOf, possibleTimeframes, timeframeFor } from "./setup-job.ts"

const HOUR = 3_600_000

test("a strategy of hours on daily candles is tested on days, since days hold no hours", () => {
  expect(timeframeFor({ strategy: "sma-cross" }, 24 * HOUR)).toBe("1d")
})

test("a strategy of hours on minute candles stays on hours", () => {
  expect(timeframeFor({ strategy: "sma-cross" }, 60_000)).toBe("1h")
})

test("two-hour candles cannot be put together to three, nor four-hour candles to six", () => {
  expect(possibleTimeframes(4 * HOUR)).toEqual(["4h", "8h", "12h", "1d", "1w"])
})

test("the last day of the period is part of it", () => {
  const job = jobOf({ ...defaultSetup, toMs: Date.UTC(2024, 0, 31) }, HOUR)
  expect(job.toMs).toBe(Date.UTC(2024, 1, 1))
})
