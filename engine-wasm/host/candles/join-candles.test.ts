import fc from "fast-check"
import { expect, test } from "vitest"
import { sliceCandles, type Candles } from "./candles.ts"
import { joinCandles } from "./join-candles.ts"
import { syntheticCandles } from "./synthetic/synthetic-candles.ts"
import { HOUR_MS } from "./timeframe.ts"

const market = syntheticCandles({ seed: 5, candles: 100, timeframe: "1h", startMs: 0, startPrice: 50, kind: "mixed" })
const hours = (from: number, to: number): Candles =>
  sliceCandles(market, { fromMs: from * HOUR_MS, toMs: to * HOUR_MS })

test("a market cut into pieces anywhere, overlapping or not, in any order, is whole again", () => {
  const piece = fc
    .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 60 }))
    .map(([from, length]) => hours(from, from + length))
  const pieces = fc.array(piece, { maxLength: 5 }).map((some) => [hours(60, 100), ...some, hours(0, 30), hours(30, 60)])
  fc.assert(
    fc.property(pieces, (parts) => {
      expect(joinCandles(parts)).toEqual({ ok: true, candles: market })
    }),
  )
})

test("a gap between two files stays a gap", () => {
  const answer = joinCandles([hours(50, 60), hours(0, 10)])
  expect(answer.ok && [answer.candles.openTimeMs.length, answer.candles.openTimeMs[10]]).toEqual([20, 50 * HOUR_MS])
})

test("the same time with other values, and two timeframes, are refused", () => {
  const changed = { ...hours(5, 10), volume: Float64Array.of(1, 2, 3, 4, 5) }
  expect(joinCandles([hours(0, 10), changed])).toMatchObject({
    ok: false,
    because: "Two files have different candles for 1970-01-01T05:00Z; keep the right one.",
  })
  expect(joinCandles([market, { ...market, timeframeMs: 60_000 }])).toMatchObject({
    ok: false,
    because: "Candles of 1h and of 1m cannot be joined.",
  })
})

test("extra columns that every file has are joined, others are left out", () => {
  const withExtra = (candles: Candles, extra: Record<string, Float64Array>) => ({ ...candles, extra })
  const answer = joinCandles([
    withExtra(hours(0, 2), { a: Float64Array.of(1, 2), b: Float64Array.of(1, 2) }),
    withExtra(hours(2, 4), { a: Float64Array.of(3, 4) }),
  ])
  expect(answer.ok && answer.candles.extra).toEqual({ a: Float64Array.of(1, 2, 3, 4) })
})
