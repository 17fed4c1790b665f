import { expect, test } from "vitest"
import { syntheticCandles } from "../candles/synthetic/synthetic-candles.ts"
import { sliceCandles } from "../candles/candles.ts"
import { holdingCurve, holdingEnd } from "./holding.ts"
import { HOUR_MS } from "../candles/timeframe.ts"

const whole = syntheticCandles({ seed: 1, candles: 500, timeframe: "1h", startMs: 0, startPrice: 100, kind: "mixed" })
const late = sliceCandles(
  syntheticCandles({ seed: 2, candles: 500, timeframe: "1h", startMs: 0, startPrice: 7, kind: "mixed" }),
  { fromMs: 90 * HOUR_MS + 1 },
)
const everyFourHours = Float64Array.from({ length: 125 }, (_, n) => n * 4 * HOUR_MS)

test("holding is cash times the change of the close", () => {
  const curve = holdingCurve([whole], whole.openTimeMs, HOUR_MS, 1000)
  expect(curve[0]).toBe(1000)
  expect(curve[499]).toBeCloseTo((1000 * whole.close[499]) / whole.close[0], 9)
})

test("a market that begins later counts as cash until it does", () => {
  const curve = holdingCurve([late], everyFourHours, 4 * HOUR_MS, 1000)
  expect(curve[21]).toBe(1000)
  expect(curve[124]).toBeCloseTo((1000 * late.close.at(-1)!) / late.close[0], 9)
})

test("the end alone is the curve's last value, to the bit", () => {
  for (const markets of [[whole], [late], [whole, late]]) {
    expect(holdingEnd(markets, everyFourHours, 4 * HOUR_MS, 1000)).toBe(
      holdingCurve(markets, everyFourHours, 4 * HOUR_MS, 1000).at(-1),
    )
  }
})
