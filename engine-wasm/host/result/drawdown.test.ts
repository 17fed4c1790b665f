import fc from "fast-check"
import { expect, test } from "vitest"
import { runOf } from "../../testing/run-record-story.ts"
import { scanEquity, underwaterPercents, worstDrawdowns } from "./drawdown.ts"
import { DAY_MS } from "../candles/timeframe.ts"

const day = (n: number) => Date.UTC(2024, 0, 1) + n * DAY_MS
const equity = fc.array(fc.double({ min: -50, max: 300, noNaN: true }), { maxLength: 80 })

test("the starting cash is the first peak, as old as the first candle's open", () => {
  const { deepest, lowest, highest } = scanEquity(runOf({ cash: 100, equity: [80, 90, 100] }))
  expect(deepest).toEqual({
    percent: 20,
    money: 20,
    startMs: day(0),
    bottomMs: day(0),
    recoveryMs: day(2),
    underwaterMs: 3 * DAY_MS,
  })
  expect([lowest, highest]).toEqual([80, 100])
})

test("a dip begins at the last time the peak was seen", () => {
  expect(scanEquity(runOf({ cash: 100, equity: [110, 110, 99, 110] })).deepest?.startMs).toBe(day(1))
})

test("a dip in percent may be the worst without being the worst in money", () => {
  const { deepest } = scanEquity(runOf({ cash: 100, equity: [80, 1000, 850, 1000] }))
  expect(deepest).toMatchObject({ percent: 20, money: 20 })
})

test("a dip that never recovers lasts to the end", () => {
  const { deepest, longestUnderwaterMs } = scanEquity(runOf({ cash: 100, equity: [120, 110, 105, 119] }))
  expect(deepest?.recoveryMs).toBeNull()
  expect(longestUnderwaterMs).toBe(3 * DAY_MS)
})

test("no candles, no dip", () => {
  expect(scanEquity(runOf({ cash: 100 }))).toEqual({ deepest: null, longestUnderwaterMs: 0, lowest: 100, highest: 100 })
})

test("the worst dips come deepest first and do not overlap", () => {
  const run = runOf({ cash: 100, equity: [95, 100, 70, 80, 100, 90, 100, 99, 100, 85, 100, 98, 101] })
  expect(worstDrawdowns(run, 3).map(({ percent, bottomMs }) => [Math.round(percent), bottomMs])).toEqual([
    [30, day(2)],
    [15, day(9)],
    [10, day(5)],
  ])
  expect(worstDrawdowns(run)).toHaveLength(5)
})

test("the deepest dip is between 0 and 100 % and is the largest over every pair of peak and later sample", () => {
  fc.assert(
    fc.property(equity, (samples) => {
      const run = runOf({ cash: 100, equity: samples })
      const curve = [100, ...samples]
      const falls = curve.flatMap((peak, i) =>
        curve.slice(i).map((later) => (peak > 0 ? Math.min(100, ((peak - later) / peak) * 100) : 0)),
      )
      const percent = scanEquity(run).deepest?.percent ?? 0
      expect(percent).toBeGreaterThanOrEqual(0)
      expect(percent).toBeLessThanOrEqual(100)
      expect(percent).toBeCloseTo(Math.max(...falls), 9)
    }),
  )
})

test("the metric, the table and the chart name the same deepest dip, and the same extremes as the samples", () => {
  fc.assert(
    fc.property(equity, (samples) => {
      const run = runOf({ cash: 100, equity: samples })
      const { deepest, lowest, highest } = scanEquity(run)
      expect(worstDrawdowns(run)[0] ?? null).toEqual(deepest)
      expect(Math.max(0, ...underwaterPercents(run))).toBe(deepest?.percent ?? 0)
      expect([lowest, highest]).toEqual([Math.min(100, ...samples), Math.max(100, ...samples)])
    }),
  )
})
