import { expect, test } from "vitest"
import { downloadAdvice } from "./download-advice.ts"

const twoYears = { fromMs: Date.UTC(2023, 0, 1), toMs: Date.UTC(2025, 0, 1) }

test("one-minute candles come with their use and their size", () => {
  expect(downloadAdvice("1m", twoYears)).toBe(
    "1-minute candles let stops be tested inside the hour. About 1,052,640 candles, 42.1 MB.",
  )
})

test("longer ones come with what they hide, and the size of the finest", () => {
  expect(downloadAdvice("1h", twoYears)).toMatch(
    /^About 17,544 candles, 701\.8 kB\. A 1h candle does not show whether its high or its low came first; 1m candles would, in about 42\.1 MB/,
  )
})
