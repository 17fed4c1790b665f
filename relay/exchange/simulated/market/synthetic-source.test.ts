import { createHash } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#engine/candles"
import { defaultSymbols } from "./symbol-rules.ts"
import { syntheticSource } from "./synthetic-source.ts"

const anchorMs = Date.UTC(2026, 0, 1)
const [btc, eth] = defaultSymbols()
const open = (seed = "7", startMs = anchorMs) => syntheticSource({ seed, startMs, historyDays: 1_200 })
const minuteAt = fc.integer({ min: -2_000 * 1440, max: 2_000 * 1440 }).map((minutes) => anchorMs + minutes * MINUTE_MS)

test("a minute has the same, known bits, whenever and in whatever order it is made", () => {
  const first = open()
  const day = Array.from({ length: 1440 }, (_, minute) =>
    first.minute(btc, anchorMs - 400 * DAY_MS + minute * MINUTE_MS),
  )
  const source = open("7", anchorMs + 300 * DAY_MS)
  const backwards = Array.from({ length: 1440 }, (_, minute) =>
    source.minute(btc, anchorMs - 400 * DAY_MS + (1439 - minute) * MINUTE_MS),
  ).reverse()
  expect(backwards).toEqual(day)
  expect(open().minute(btc, anchorMs - 400 * DAY_MS + 777 * MINUTE_MS)).toEqual(day[777])
  expect(createHash("sha256").update(JSON.stringify(day)).digest("hex")).toBe(
    "3402695a3f8681f659d160249d6e8a463242b950d1d98c3b0fdec23e851a735c",
  )
})

test("minutes join: each opens where the one before closed, over hours, days and the anchor, where the start price is", () => {
  fc.assert(
    fc.property(minuteAt, fc.constantFrom(btc, eth), (atMs, rules) => {
      const source = open()
      for (const openMs of [atMs, Math.floor(atMs / DAY_MS) * DAY_MS])
        expect(source.minute(rules, openMs)!.open).toBe(source.minute(rules, openMs - MINUTE_MS)!.close)
    }),
    { numRuns: 100 },
  )
  expect(open().minute(btc, anchorMs)!.open).toBe(6_000_000)
  expect(open().minute(btc, anchorMs - MINUTE_MS)!.close).toBe(6_000_000)
})

test("every minute is a candle: whole ticks above zero, the high highest, the low lowest, something traded", () => {
  const source = open()
  fc.assert(
    fc.property(minuteAt, fc.constantFrom(...defaultSymbols()), (atMs, rules) => {
      const minute = source.minute(rules, atMs)!
      expect(Object.values(minute).every((value) => Number.isSafeInteger(value) && value > 0)).toBe(true)
      expect(minute.high).toBeGreaterThanOrEqual(Math.max(minute.open, minute.close))
      expect(minute.low).toBeLessThanOrEqual(Math.min(minute.open, minute.close))
    }),
    { numRuns: 1_000 },
  )
})

test("days differ in how much they move, and New York's afternoon moves more than the Asian night", () => {
  const source = open()
  const moves: Record<number, number> = { 4: 0, 14: 0 }
  for (let day = 0; day < 200; day++)
    for (const hour of [4, 14]) {
      const openMs = anchorMs - day * DAY_MS + hour * HOUR_MS
      for (let minute = 0; minute < 60; minute += 5) {
        const { high, low } = source.minute(btc, openMs + minute * MINUTE_MS)!
        moves[hour] += (high - low) / low
      }
    }
  expect(moves[14]).toBeGreaterThan(moves[4] * 1.5)
})
