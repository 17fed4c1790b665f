import { expect, test } from "vitest"
import { chartAfter } from "./board-chart.ts"
import type { ChartUpdate, Indicator } from "./chart-update.ts"

const candle = (n: number) => ({ openTimeMs: n * 60_000, open: 1, high: 2, low: 1, close: 2, volume: 1 })
const indicators: Indicator[] = [
  { formula: "sma(close, 2)", pane: "price" },
  { formula: "rsi(clos, 2)", pane: "own" },
  { formula: "rsi(close, 2)", pane: "own" },
]
const bad = { formula: "rsi(clos, 2)", problem: "not known", character: 4 }

function update(from: number, count: number, id = 1): ChartUpdate {
  const closed = Array.from({ length: count }, (_, n) => candle(from + n))
  const values = (add: number) => closed.map((_, n) => from + n + add)
  return {
    id,
    from,
    closed,
    open: [candle(from + count)],
    indicators: [
      { formula: "sma(close, 2)", closed: values(0), open: [7] },
      bad,
      { formula: "rsi(close, 2)", closed: values(50), open: [8] },
    ],
    notes: [],
    history: { state: "complete" },
    heardAtMs: 1,
    cameAtMs: 2,
  }
}

test("closed candles and their values grow, open ones are replaced, wrong formulas are listed separately", () => {
  const first = chartAfter(undefined, update(0, 3), indicators)
  const chart = chartAfter(first, update(3, 1), indicators)
  expect(chart.epoch).toBe(first.epoch)
  expect(chart.closed).toEqual([0, 1, 2, 3].map(candle))
  expect(chart.open).toEqual([candle(4)])
  expect(chart.lines).toEqual([
    { formula: "sma(close, 2)", pane: "price", closed: [0, 1, 2, 3], open: [7] },
    { formula: "rsi(close, 2)", pane: "own", closed: [50, 51, 52, 53], open: [8] },
  ])
  expect(chart.problems).toEqual([bad])
})

test("another chart, or all values anew, begins from nothing", () => {
  const first = chartAfter(undefined, update(0, 3), indicators)
  for (const next of [update(0, 2), update(0, 2, 2)]) {
    const chart = chartAfter(first, next, indicators)
    expect(chart.closed).toHaveLength(2)
    expect(chart.epoch).not.toBe(first.epoch)
  }
})
