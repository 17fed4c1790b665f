import fc from "fast-check"
import { expect, test } from "vitest"
import { runOf } from "../../testing/run-record-story.ts"
import { metricsOf } from "./metrics.ts"
import { MOST_CURVE_POINTS, reportCurve } from "./report-curve.ts"

test("a short run keeps every sample", () => {
  const run = runOf({ equity: [100, 110, 99] })
  expect(reportCurve(run, { holding: Float64Array.of(100, 101, 102) })).toEqual({
    openTimeMs: Array.from(run.equity.openTimeMs),
    equity: [100, 110, 99],
    holding: [100, 101, 102],
    underwaterPercent: [0, 0, expect.closeTo(10, 12)],
  })
})

test("however long a run is, its end and its deepest dip are in the picture, and no more points than it takes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 * MOST_CURVE_POINTS }), fc.integer({ min: 1, max: 1e6 }), (count, seed) => {
      const equity = Array.from({ length: count }, (_, i) => 100 + 40 * Math.sin(i * 0.01) + ((i * seed) % 7))
      const run = runOf({ equity })
      const curve = reportCurve(run, { holding: Float64Array.from(equity) })
      expect(curve.equity.length).toBeLessThanOrEqual(MOST_CURVE_POINTS)
      expect(curve.equity.at(-1)).toBe(equity.at(-1))
      expect(curve.holding.at(-1)).toBe(equity.at(-1))
      expect(Math.max(...curve.underwaterPercent)).toBe(metricsOf(run).maxDrawdownPercent)
    }),
    { numRuns: 30 },
  )
})

test("a run without candles has an empty curve", () => {
  expect(reportCurve(runOf({ equity: [] }), { holding: new Float64Array(0) }).equity).toEqual([])
})
