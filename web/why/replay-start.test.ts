import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { replayStart } from "./replay-start.ts"

const hours = (count: number) => Float64Array.from({ length: count }, (_, bar) => bar * HOUR_MS)

test("a replay opens at the candle asked for, and some way in without one", () => {
  expect(replayStart(hours(500), 200 * HOUR_MS)).toBe(200)
  expect(replayStart(hours(500), undefined)).toBe(60)
})

test("a replay asked for at the last candle plays the sixty that led to it", () => {
  expect(replayStart(hours(500), 499 * HOUR_MS)).toBe(439)
  expect(replayStart(hours(500), 900 * HOUR_MS)).toBe(439)
})

test("a replay always has something left to play, however few candles there are", () => {
  for (let count = 2; count < 130; count++)
    for (const startMs of [undefined, 0, (count - 1) * HOUR_MS])
      expect(replayStart(hours(count), startMs)).toBeLessThan(count - 1)
  expect(replayStart(hours(1), undefined)).toBe(0)
})
