import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { aggregateCandles } from "./aggregate-candles.ts"
import { readCandleFile } from "./file/candle-file.ts"
import { candlesFromRows, type Candles } from "./candles.ts"
import { HOUR_MS, timeframesMs, type Timeframe } from "./timeframe.ts"

function hours(
  ...rows: [hour: number, open: number, high: number, low: number, close: number, volume: number][]
): Candles {
  const answer = candlesFromRows(
    rows.map(([hour, ...rest]) => [hour * HOUR_MS, ...rest]),
    { timeframe: "1h" },
  )
  if (!answer.ok) throw new Error(answer.because)
  return answer.candles
}

test("first open, highest high, lowest low, last close, summed volume; empty spans stay absent", () => {
  const candles = hours(
    [3, 1, 5, 1, 2, 10],
    [4, 2, 3, 1.5, 2.5, 1],
    [6, 3, 9, 2, 4, 2],
    [7, 4, 5, 0.5, 1, 3],
    [12, 1, 1, 1, 1, 1],
  )
  const longer = aggregateCandles({ ...candles, extra: { signal: Float64Array.of(1, 2, 3, 4, 5) } }, "4h")!
  expect(longer.timeframeMs).toBe(4 * HOUR_MS)
  expect(Array.from(longer.openTimeMs, (time) => time / HOUR_MS)).toEqual([0, 4, 12])
  expect(
    [longer.open, longer.high, longer.low, longer.close, longer.volume, longer.extra.signal].map((column) => [
      ...column,
    ]),
  ).toEqual([
    [1, 2, 1],
    [5, 9, 1],
    [1, 0.5, 1],
    [2, 1, 1],
    [10, 6, 1],
    [1, 4, 5],
  ])
})

test("a length that is not a multiple is refused, the same length changes nothing", () => {
  const candles = hours([0, 1, 2, 1, 2, 1], [1, 2, 2, 1, 2, 1])
  expect(aggregateCandles(candles, "30m")).toBeUndefined()
  expect(aggregateCandles(candles, "1h")).toEqual(candles)
})

const realCandles = new URL("../../../../shared/data/", import.meta.url)

// Two independent downloads of the same market agree in every price, so our spans are the exchange's spans.
test.for<[string, string, Timeframe]>([
  ["binance-BTCUSDT-1m.csv.gz", "binance-BTCUSDT-5m.csv", "5m"],
  ["binance-BTCUSDT-1h.csv.gz", "binance-BTCUSDT-4h.csv", "4h"],
  ["binance-SOLUSDT-1h.csv", "binance-SOLUSDT-1d.csv", "1d"],
])("%s combined is %s", async ([fine, coarse, timeframe], context) => {
  context.skip(!existsSync(realCandles), "no folder of real candles beside the project")
  const longer = aggregateCandles(await open(fine), timeframe)!
  const wanted = await open(coarse)
  const at = new Map(Array.from(wanted.openTimeMs, (time, index) => [time, index]))
  let compared = 0
  // The first and last span of the fine file may be cut short by the ends of the file.
  for (let span = 1; span < longer.openTimeMs.length - 1; span++) {
    const index = at.get(longer.openTimeMs[span])
    if (index === undefined) continue
    compared++
    for (const name of ["open", "high", "low", "close"] as const)
      expect(longer[name][span], `${name} ${longer.openTimeMs[span]}`).toBe(wanted[name][index])
  }
  expect(compared).toBeGreaterThan(780)
  expect(timeframesMs[timeframe]).toBe(wanted.timeframeMs)
})

async function open(name: string): Promise<Candles> {
  const answer = await readCandleFile(new Blob([await readFile(new URL(name, realCandles))]).stream())
  if (!answer.ok) throw new Error(answer.because)
  return answer.candles
}

test("weeks begin on Monday, as on exchanges", () => {
  const days = Array.from({ length: 14 }, (_, day) => [Date.UTC(2024, 0, 1 + day), 10, 11 + day, 9, 10, 1])
  const read = candlesFromRows(days)
  if (!read.ok) throw new Error(read.because)
  expect(Array.from(aggregateCandles(read.candles, "1w")!.openTimeMs)).toEqual([
    Date.UTC(2024, 0, 1),
    Date.UTC(2024, 0, 8),
  ])
})
