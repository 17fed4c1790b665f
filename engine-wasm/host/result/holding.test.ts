import { expect, test } from "vitest"
import { syntheticCandles } from "../candles/synthetic/synthetic-candles.ts"
import { type Candles, sliceCandles } from "../candles/candles.ts"
import { holdingCurve, holdingEnd } from "./holding.ts"
import { HOUR_MS } from "../candles/timeframe.ts"

const whole = syntheticCandles({ seed: 1, candles: 500, timeframe: "1h", startMs: 0, startPrice: 100, kind: "mixed" })
const late = sliceCandles(
  syntheticCandles({ seed: 2, candles: 500, timeframe: "1h", startMs: 0, startPrice: 7, kind: "mixed" }),
  { fromMs: 90 * HOUR_MS + 1 },
)
const everyFourHours = Float64Array.from({ length: 125 }, (_, n) => n * 4 * HOUR_MS)

const hourly = (markets: Candles[]) => ({ markets, sampleTimesMs: whole.openTimeMs, timeframeMs: HOUR_MS, cash: 1000 })
const fourHourly = (markets: Candles[]) => ({
  markets,
  sampleTimesMs: everyFourHours,
  timeframeMs: 4 * HOUR_MS,
  cash: 1000,
})

test("holding is cash times the change of the close", () => {
  const curve = holdingCurve(hourly([whole]))
  expect(curve[0]).toBe(1000)
  expect(curve[499]).toBeCloseTo((1000 * whole.close[499]) / whole.close[0], 9)
})

test("a market that begins later counts as cash until it does", () => {
  const curve = holdingCurve(fourHourly([late]))
  expect(curve[21]).toBe(1000)
  expect(curve[124]).toBeCloseTo((1000 * late.close.at(-1)!) / late.close[0], 9)
})

test("the end alone is the curve's last value, to the bit", () => {
  for (const markets of [[whole], [late], [whole, late]]) {
    for (const fromMs of [undefined, 100 * HOUR_MS, 1e12]) {
      const holding = { ...fourHourly(markets), fromMs }
      expect(holdingEnd(holding)).toBe(holdingCurve(holding).at(-1))
    }
  }
})

test("holding ends at the same money whatever the strategy's timeframe, and whenever its first candle begins", () => {
  for (const fromMs of [undefined, 7 * HOUR_MS]) {
    const ends = [1, 2, 4, 24, 168].map((hours) => {
      const firstMs = Math.ceil((fromMs ?? 0) / (hours * HOUR_MS)) * hours * HOUR_MS
      const samples = Math.floor((500 * HOUR_MS - firstMs) / (hours * HOUR_MS))
      const sampleTimesMs = Float64Array.from({ length: samples }, (_, n) => firstMs + n * hours * HOUR_MS)
      return holdingEnd({ markets: [whole], sampleTimesMs, timeframeMs: hours * HOUR_MS, cash: 1000, fromMs })
    })
    expect(new Set(ends).size).toBe(1)
    expect(ends[0]).toBeCloseTo((1000 * whole.close[499]) / whole.close[(fromMs ?? 0) / HOUR_MS], 9)
  }
})

test("the period's purchase happens at its own first close, not at an earlier one", () => {
  const curve = holdingCurve({
    ...hourly([whole]),
    sampleTimesMs: whole.openTimeMs.subarray(100),
    fromMs: 100 * HOUR_MS,
  })
  expect(curve[0]).toBe(1000)
  expect(curve.length).toBe(400)
})
