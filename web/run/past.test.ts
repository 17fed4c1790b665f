import fc from "fast-check"
import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import type { Trade } from "#engine/result"
import { pastOf } from "./past.ts"
import type { RunReport } from "./run-report.ts"

const COUNT = 40

/** A run of hours whose every number says its own bar, with a trade from each bar in `starts` to some bars later. */
function reportOf(starts: { at: number; length: number; isCut: boolean }[]): RunReport {
  const column = (of: (bar: number) => number) => Float64Array.from({ length: COUNT }, (_, bar) => of(bar))
  const own = column((bar) => bar + 1)
  const trades = starts.map(({ at, length, isCut }): Trade => {
    const exit = Math.min(COUNT - 1, at + length)
    return {
      market: "A/USD",
      side: "long",
      quantity: 2,
      entryTimeMs: at * HOUR_MS,
      entryPrice: own[at],
      exitTimeMs: exit * HOUR_MS,
      exitPrice: own[exit],
      exitReason: isCut ? "endOfData" : "signal",
      profit: 2 * (own[exit] - own[at]),
      profitPercent: 1,
      feesPaid: 1,
      entryTag: "",
    }
  })
  const columns = { openTimeMs: column((bar) => bar * HOUR_MS), open: own, high: own, low: own, close: own }
  const chart = { barMs: HOUR_MS, ...columns, volume: own, equity: own, holding: own, underwaterPercent: own }
  const lines = [{ name: "x", group: "x", pane: "own" as const, values: own }]
  return { market: { name: "A/USD" }, trades, chart, lines } as unknown as RunReport
}

const trades = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: COUNT - 1 }),
    length: fc.integer({ min: 0, max: 9 }),
    isCut: fc.boolean(),
  }),
)

test("at no bar is anything known that happened after its close", () => {
  fc.assert(
    fc.property(trades, fc.integer({ min: 0, max: COUNT - 1 }), (starts, bar) => {
      const past = pastOf(reportOf(starts), bar)
      const { barMs: _, ...columns } = past.chart
      for (const column of [...Object.values(columns), ...past.lines.map(({ values }) => values)])
        expect(column).toHaveLength(bar + 1)
      for (const { entryTimeMs, exitTimeMs, exitPrice } of past.trades) {
        expect(entryTimeMs).toBeLessThan(past.nowMs)
        expect(exitTimeMs < past.nowMs || exitTimeMs === Infinity).toBe(true)
        expect(exitPrice).toBeLessThanOrEqual(past.chart.close[bar])
      }
    }),
  )
})

test("a trade is entered, held and left bar by bar, and counts when it is over", () => {
  const report = reportOf([{ at: 3, length: 4, isCut: false }])
  expect(pastOf(report, 2).trades).toEqual([])
  expect(pastOf(report, 5).trades).toMatchObject([{ exitTimeMs: Infinity, exitPrice: 6, profit: 4 }])
  expect(pastOf(report, 5).soFar).toMatchObject({ closedCount: 0, closedProfit: 0, equity: 6 })
  expect(pastOf(report, 7).trades).toMatchObject([{ exitTimeMs: 7 * HOUR_MS, exitReason: "signal" }])
  expect(pastOf(report, 7).soFar).toMatchObject({ closedCount: 1, wonCount: 1, closedProfit: 8 })
})

test("what only the end of the candles closed is open at every moment", () => {
  expect(pastOf(reportOf([{ at: 30, length: 9, isCut: true }]), COUNT - 1).soFar.closedCount).toBe(0)
})
