import { expect, test } from "vitest"
import { downloadAdvice } from "./download-advice.ts"

const twoYears = { fromMs: Date.UTC(2023, 0, 1), toMs: Date.UTC(2025, 0, 1) }

test("one-minute candles are told with what they are good for and what they weigh", () => {
  expect(downloadAdvice("1m", twoYears)).toBe(
    "1-minute candles let stops be tested inside the hour. About 1,052,640 candles, 42.1 MB.",
  )
})

test("longer ones are told with what they hide, and what the finest would weigh", () => {
  expect(downloadAdvice("1h", twoYears)).toMatch(
    /^About 17,544 candles, 701\.8 kB\. A 1h candle does not tell whether its high or its low came first; 1m candles would, in about 42\.1 MB/,
  )
})
