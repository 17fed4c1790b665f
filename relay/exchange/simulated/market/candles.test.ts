import fc from "fast-check"
import { expect, test } from "vitest"
import { MINUTE_MS, DAY_MS, HOUR_MS } from "#engine/candles"
import { atOnce } from "../long-work.ts"
import type { Candle } from "./candle.ts"
import { mergeCandles } from "./candle.ts"
import type { CandleSource } from "./candle-source.ts"
import { CandleHistory, type CandleQuery } from "./candles.ts"
import { type Interval, intervalsMs } from "./interval.ts"
import { defaultSymbols } from "./symbol-rules.ts"
import { syntheticSource } from "./synthetic-source.ts"

const [btc] = defaultSymbols()
const startMs = Date.UTC(2026, 0, 20, 5, 7)

/** A market's history whose source counts its requests. */
function history(historyDays: number) {
  const source = syntheticSource({ seed: "days", startMs, historyDays })
  const asked = { minutes: 0 }
  const counting: CandleSource = {
    firstMs: source.firstMs,
    minute: (rules, openTimeMs) => (asked.minutes++, source.minute(rules, openTimeMs)),
  }
  return { candles: new CandleHistory(btc, counting, startMs, []), asked }
}

const intervals = Object.keys(intervalsMs).filter((interval) => interval !== "1s") as Interval[]
const zoneMinutes = fc.oneof(fc.integer({ min: -720, max: 840 }), fc.constantFrom(0, 75, 345, -210))
const query = fc.record({
  interval: fc.constantFrom(...intervals),
  startMs: fc.option(
    fc.integer({ min: 0, max: 40 }).map((days) => startMs - days * DAY_MS - 1),
    { nil: undefined },
  ),
  endMs: fc.option(
    fc.integer({ min: -40, max: 40 }).map((hours) => startMs + hours * HOUR_MS),
    { nil: undefined },
  ),
  limit: fc.integer({ min: 1, max: 60 }),
  nowMs: fc.constant(startMs),
  shiftMs: zoneMinutes.map((minutes) => minutes * MINUTE_MS),
})

test("a candle of any length, of a day that begins anywhere, is its minutes added up", () => {
  const { candles } = history(3)
  const minutes = atOnce(candles.list({ interval: "1m", startMs: startMs - 4 * DAY_MS, limit: 10_000, nowMs: startMs }))
  expect(minutes.length).toBeGreaterThan(3 * 1440)
  fc.assert(
    fc.property(query, (wanted) => {
      for (const candle of atOnce(candles.list(wanted))) {
        const inside = minutes.filter(
          ({ openTimeMs }) => openTimeMs >= candle.openTimeMs && openTimeMs <= candle.closeTimeMs,
        )
        const sum = inside.reduce<Candle | undefined>((all, minute) => mergeCandles(all, minute), undefined)
        expect({ ...candle, openTimeMs: 0, closeTimeMs: 0 }).toEqual({ ...sum, openTimeMs: 0, closeTimeMs: 0 })
      }
    }),
    { numRuns: 200 },
  )
})

test("whatever the request, no step makes more than two hours of minutes, and a repeat makes hardly any", () => {
  fc.assert(
    fc.property(query, (wanted: CandleQuery) => {
      const { candles, asked } = history(60)
      const work = candles.list({ ...wanted, limit: 1_000 })
      let before = 0
      for (let step = work.next(); !step.done; step = work.next()) {
        expect(asked.minutes - before).toBeLessThanOrEqual(120)
        before = asked.minutes
      }
      const found = atOnce(candles.list({ ...wanted, limit: 1_000 }))
      const isLong = intervalsMs[wanted.interval] > HOUR_MS || wanted.interval === "1M"
      expect(asked.minutes - before).toBeLessThanOrEqual(isLong ? 120 * (found.length + 1) : before)
    }),
    { numRuns: 50 },
  )
})

test("a hole made while a month is being added up is not hidden by the cache", () => {
  const { candles } = history(60)
  const work = candles.list({ interval: "1d", startMs: startMs - 20 * DAY_MS, limit: 10, nowMs: startMs })
  for (let step = 0; step < 60; step++) work.next()
  const [fromMs, toMs] = [startMs - 30 * DAY_MS, startMs - DAY_MS]
  candles.forget(fromMs, toMs)
  atOnce(work)
  const [firstMs, lastMs] = [startMs - 20 * DAY_MS, toMs - DAY_MS]
  const days = { interval: "1d" as const, startMs: firstMs, endMs: lastMs, limit: 1_000, nowMs: startMs }
  expect(atOnce(candles.list(days))).toEqual([])
})

test("seconds of long ago, which are no longer in memory, take no longer than those of now", () => {
  const { candles } = history(3)
  const work = candles.list({ interval: "1s", startMs: 0, limit: 1_000, nowMs: startMs + 300 * DAY_MS })
  expect(work.next()).toEqual({ done: true, value: [] })
})
