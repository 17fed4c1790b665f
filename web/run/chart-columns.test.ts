import { HOUR_MS, type Candles } from "#engine/candles"
import { expect, test } from "vitest"
import { chartColumns } from "./chart-columns.ts"

test("candles are drawn as they are when the screen can hold them", () => {
  const columns = draw({ closes: [10, 12, 11], equity: [100, 120, 110] })
  expect([...columns.close]).toEqual([10, 12, 11])
  expect(columns.barMs).toBe(HOUR_MS)
})

test("too many candles are drawn as fewer, wider bars that keep every high and low", () => {
  const columns = draw({ closes: [10, 30, 5, 20, 12, 13], equity: [100, 100, 100, 100, 100, 100], maxBars: 2 })
  expect(columns.barMs).toBe(4 * HOUR_MS)
  expect([...columns.high]).toEqual([30, 13])
  expect([...columns.low]).toEqual([5, 12])
  expect([...columns.open]).toEqual([10, 12])
  expect([...columns.close]).toEqual([20, 13])
})

test("a dip inside a wide bar is still seen under water", () => {
  const columns = draw({ closes: [1, 1, 1, 1], equity: [100, 200, 100, 200], maxBars: 2 })
  expect(columns.barMs).toBe(2 * HOUR_MS)
  expect([...columns.underwaterPercent]).toEqual([0, -50])
  expect([...columns.equity]).toEqual([200, 200])
})

test("candles before the first equity sample only warmed the indicators up and are not drawn", () => {
  const columns = draw({ closes: [1, 2, 3, 4], equity: [100, 101], samplesFrom: 2 })
  expect([...columns.close]).toEqual([3, 4])
})

test("a strategy on wider candles than the file's is drawn on its own", () => {
  const candles = candlesOf([1, 2, 3, 4])
  const equity = { openTimeMs: Float64Array.of(0, 2 * HOUR_MS), equity: Float64Array.of(100, 90) }
  const columns = chartColumns({ candles, equity, holding: equity.equity, cash: 100 })
  expect(columns.barMs).toBe(2 * HOUR_MS)
  expect([...columns.close]).toEqual([2, 4])
  expect([...columns.underwaterPercent]).toEqual([0, expect.closeTo(-10)])
})

function draw({
  closes,
  equity,
  maxBars,
  samplesFrom = 0,
}: {
  closes: number[]
  equity: number[]
  maxBars?: number
  samplesFrom?: number
}) {
  const candles = candlesOf(closes)
  const curve = { openTimeMs: candles.openTimeMs.slice(samplesFrom), equity: Float64Array.from(equity) }
  return chartColumns({ candles, equity: curve, holding: curve.equity, cash: 100, maxBars })
}

function candlesOf(closes: number[]): Candles {
  const close = Float64Array.from(closes)
  const openTimeMs = close.map((_, at) => at * HOUR_MS)
  return {
    openTimeMs,
    open: close,
    high: close,
    low: close,
    close,
    volume: close,
    extra: {},
    timeframeMs: HOUR_MS,
    priceDecimals: 2,
  }
}
