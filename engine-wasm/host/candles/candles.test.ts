import { expect, test } from "vitest"
import { candleBytes } from "./candle-bytes.ts"
import { holesOf } from "./quality/candle-holes.ts"
import { candlesFromColumns, candlesFromRows, sliceCandles, type CandleColumns } from "./candles.ts"
import { HOUR_MS } from "./timeframe.ts"

function hourly(closes: number[]): CandleColumns {
  const column = (value: (close: number, index: number) => number) => Float64Array.from(closes, value)
  return {
    openTimeMs: column((_, index) => index * HOUR_MS),
    open: column((close) => close),
    high: column((close) => close + 1),
    low: column((close) => close - 1),
    close: column((close) => close),
    volume: column(() => 5),
  }
}

function refusal(change: (columns: CandleColumns) => void) {
  const columns = hourly([10, 11, 12])
  change(columns)
  const answer = candlesFromColumns(columns)
  return answer.ok ? "taken" : `${answer.row} ${answer.because}`
}

test("ordered, finite candles pass with their timeframe and the digits of their prices", () => {
  const answer = candlesFromColumns(hourly([10.25, 11, 12.5]))
  expect(answer.ok && [answer.candles.timeframeMs, answer.candles.priceDecimals]).toEqual([HOUR_MS, 2])
})

test.each<[string, (columns: CandleColumns) => void, string]>([
  ["NaN", (c) => (c.close[1] = NaN), "2 Row 2: the close is not a number (NaN)."],
  ["infinite", (c) => (c.high[1] = Infinity), "2 Row 2: the high is not a number (Infinity)."],
  ["zero price", (c) => (c.low[2] = 0), "3 Row 3: the low is 0; a price must be above zero."],
  ["negative price", (c) => (c.open[0] = -1), "1 Row 1: the open is -1; a price must be above zero."],
  ["high below low", (c) => (c.high[0] = 2), "1 Row 1: the high (2) is below the low (9)."],
  ["open above high", (c) => (c.open[1] = 20), "2 Row 2: the open (20) is above the high (12)."],
  ["close below low", (c) => (c.close[1] = 5), "2 Row 2: the close (5) is below the low (10)."],
  ["negative volume", (c) => (c.volume[1] = -1), "2 Row 2: the volume is negative (-1)."],
  ["volume NaN", (c) => (c.volume[1] = NaN), "2 Row 2: the volume is not a number (NaN)."],
  ["twice", (c) => (c.openTimeMs[2] = HOUR_MS), "3 Row 3: the time 1970-01-01T01:00Z appears twice."],
  [
    "disorder",
    (c) => (c.openTimeMs[2] = 0),
    "3 Row 3: the time 1970-01-01T00:00Z is before that of the row above it; candles must be in order.",
  ],
  [
    "unit mix",
    (c) => (c.openTimeMs[2] = 1.7e12),
    "3 Row 3: the time jumps by more than thirty years; seconds and milliseconds are mixed.",
  ],
  [
    "microseconds",
    (c) => (c.openTimeMs[0] = 1.7e15),
    "1 Row 1: the time 1700000000000000 is not in milliseconds; it looks like microseconds.",
  ],
  [
    "fraction",
    (c) => (c.openTimeMs[1] = HOUR_MS + 0.5),
    "2 Row 2: the time (3600000.5) is not a whole number of milliseconds.",
  ],
  ["no time", (c) => (c.openTimeMs[1] = NaN), "2 Row 2: the time (NaN) is not a whole number of milliseconds."],
  [
    "too close",
    (c) => (c.openTimeMs[2] = HOUR_MS + 1000),
    "0 The candles are 1 second apart, which is not a timeframe we support (1m 3m 5m 15m 30m 1h 2h 4h 6h 8h 12h 1d 1w 1M).",
  ],
  ["lengths", (c) => (c.volume = new Float64Array(2)), "0 The columns have different lengths."],
])("%s is refused with its row", (_, change, sentence) => expect(refusal(change)).toBe(sentence))

test("no candles, and one candle without a timeframe, are refused; one candle with a given timeframe is not", () => {
  expect(candlesFromColumns(hourly([]))).toEqual({ ok: false, row: 0, because: "There are no candles." })
  expect(candlesFromColumns(hourly([9]))).toMatchObject({
    ok: false,
    because: "There is only one candle, so its timeframe is unknown; give a file with at least two.",
  })
  expect(candlesFromColumns(hourly([9]), { timeframe: "1h" })).toMatchObject({
    ok: true,
    candles: { timeframeMs: HOUR_MS },
  })
})

test("a timeframe in the file's name counts for a single candle, never against the distances of several", () => {
  expect(candlesFromColumns(hourly([9]), { timeframeIfAlone: "1d" })).toMatchObject({
    candles: { timeframeMs: 24 * HOUR_MS },
  })
  expect(candlesFromColumns(hourly([9, 10]), { timeframeIfAlone: "1m" })).toMatchObject({
    candles: { timeframeMs: HOUR_MS },
  })
})

test("a candle closer than the timeframe is refused: two timeframes are mixed", () => {
  const columns = hourly(Array.from({ length: 30 }, () => 10))
  columns.openTimeMs[29] = 28.5 * HOUR_MS
  expect(candlesFromColumns(columns)).toMatchObject({
    ok: false,
    row: 30,
    because: "Row 30: this candle opens only 30 minutes after the one before, among candles of 1h.",
  })
})

test("exchange rows pass with numbers as text; empty text is no price", () => {
  const rows = [
    [0, "1.5", "2", "1", "1.75", "9", "ignored"],
    [60_000, 1.75, 2, 1.5, 2, 4],
  ]
  const answer = candlesFromRows(rows)
  expect(answer.ok && [...answer.candles.close]).toEqual([1.75, 2])
  expect(candlesFromRows([[0, "", 2, 1, 1, 9]])).toMatchObject({
    ok: false,
    row: 1,
    because: "Row 1: the open is not a number (NaN).",
  })
  expect(candlesFromRows([[0, 1, 2]])).toMatchObject({ ok: false, row: 1 })
  expect(candlesFromRows({ code: -1121 })).toMatchObject({ ok: false, because: "Candles must be a list of rows." })
})

test("a slice holds the candles opening from and before its ends, extra columns too", () => {
  const answer = candlesFromColumns({ ...hourly([1.5, 2, 3, 4]), extra: { signal: Float64Array.of(1, 2, 3, 4) } })
  if (!answer.ok) throw new Error(answer.because)
  const slice = sliceCandles(answer.candles, { fromMs: HOUR_MS, toMs: 3 * HOUR_MS })
  expect([[...slice.close], [...slice.extra.signal], slice.timeframeMs]).toEqual([[2, 3], [2, 3], HOUR_MS])
  expect(sliceCandles(answer.candles, { fromMs: 9 * HOUR_MS, toMs: HOUR_MS }).close.length).toBe(0)
})

test("gaps come with the candle before them and the number of missing candles", () => {
  const openTimeMs = Float64Array.of(0, HOUR_MS, 4 * HOUR_MS, 5 * HOUR_MS)
  expect(holesOf({ openTimeMs, timeframeMs: HOUR_MS })).toEqual([{ afterMs: HOUR_MS, missing: 2 }])
})

test("hashed bytes are the six columns as little-endian f64, and change with any value", () => {
  const answer = candlesFromColumns(hourly([10, 11]))
  if (!answer.ok) throw new Error(answer.because)
  const bytes = candleBytes(answer.candles)
  const view = new DataView(bytes.buffer)
  expect(bytes.length).toBe(2 * 6 * 8)
  expect([view.getFloat64(8, true), view.getFloat64(16, true), view.getFloat64(80, true)]).toEqual([HOUR_MS, 10, 5])
  answer.candles.extra.signal = Float64Array.of(1, 2)
  expect(candleBytes(answer.candles).length).toBe(96 + "signal".length + 16)
})
