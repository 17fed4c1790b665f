import { expect, test } from "vitest"
import { calibrationBins } from "./calibration-bins.ts"

test("forecasts are counted by size: an edge belongs to the bin above it, the last one to the bin below", () => {
  const forecast = Float64Array.of(0, 0.2, 0.5, 0.7, 1, 0.5)
  const happened = Float64Array.of(0, 1, 1, 1, 1, 0)
  const bins = calibrationBins({ forecast, happened, edges: [0, 0.25, 0.4, 0.5, 1] })
  expect(bins.map(({ from, to, count }) => [from, to, count])).toEqual([
    [0, 0.25, 2],
    [0.5, 1, 4],
  ])
  expect(bins.map(({ meanForecast }) => meanForecast)).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.675, 12)])
  expect(bins.map(({ happenedShare }) => happenedShare)).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.75, 12)])
})

test("what is unknown or outside the edges is in no bin", () => {
  const forecast = Float64Array.of(NaN, -0.1, 1.1)
  expect(calibrationBins({ forecast, happened: new Float64Array(3), edges: [0, 1] })).toEqual([])
})
