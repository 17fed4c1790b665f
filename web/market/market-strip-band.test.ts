import { HOUR_MS, type CandleDefect } from "#engine/candles"
import { expect, test } from "vitest"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { bandsOf, marksOf, wholeView, zoomed } from "./market-strip-band.ts"

const market = { timeframeMs: HOUR_MS, fromMs: 0, toMs: 999 * HOUR_MS } as SavedMarket
const odd = (
  kind: CandleDefect["kind"],
  from: number,
  to: number,
  severity: CandleDefect["severity"] = "careful",
): CandleDefect => ({ kind, fromMs: from * HOUR_MS, toMs: to * HOUR_MS, count: to - from + 1, severity, words: "" })
const seen = (...defects: CandleDefect[]) => ({ defects, left: [], mends: [] })
const filled = (...hours: number[]) => ({
  kind: "filled-flat" as const,
  atMs: 1,
  fromMs: 0,
  toMs: 0,
  count: hours.length,
  timesMs: Float64Array.from(hours, (hour) => hour * HOUR_MS),
})

test("a whole market is one calm band", () => {
  expect(bandsOf(market, seen(), wholeView(market), 100)).toEqual([{ kind: "candles", from: 0, to: 1 }])
})

test("a gap of one candle among a thousand still shows, and stays a gap when somebody has left it", () => {
  const bands = [
    { kind: "candles", from: 0, to: 0.5 },
    { kind: "gap", from: 0.5, to: 0.51 },
    { kind: "candles", from: 0.51, to: 1 },
  ]
  expect(bandsOf(market, seen(odd("gap", 505, 505)), wholeView(market), 100)).toEqual(bands)
  expect(bandsOf(market, { defects: [], left: [odd("gap", 505, 505)], mends: [] }, wholeView(market), 100)).toEqual(
    bands,
  )
})

test("what was filled shows as filled, and only what is in view is drawn", () => {
  const inspected = { ...seen(odd("gap", 900, 999)), mends: [filled(100, 101, 500)] }
  expect(bandsOf(market, inspected, { fromMs: 100 * HOUR_MS, toMs: 110 * HOUR_MS }, 10)).toEqual([
    { kind: "filled", from: 0, to: 0.2 },
    { kind: "candles", from: 0.2, to: 1 },
  ])
})

test("of several marks in one place the gravest is shown, gaps and closed hours are none", () => {
  const marks = marksOf(
    market,
    seen(odd("spike", 500, 500), odd("jump", 501, 501, "serious"), odd("gap", 1, 2), odd("closed", 0, 999)),
    wholeView(market),
    100,
  )
  expect(marks.map(({ kind, from, to }) => [kind, from, to])).toEqual([["jump", 0.5, 0.51]])
})

test("zooming stays inside the market and ends at twenty candles", () => {
  const whole = wholeView(market)
  expect(zoomed(market, whole, { factor: 0.5 })).toEqual({ fromMs: 250 * HOUR_MS, toMs: 750 * HOUR_MS })
  expect(zoomed(market, whole, { factor: 0.1, aroundMs: 0 })).toEqual({ fromMs: 0, toMs: 100 * HOUR_MS })
  expect(zoomed(market, whole, { factor: 1e-6, aroundMs: 999 * HOUR_MS })).toEqual({
    fromMs: 980 * HOUR_MS,
    toMs: 1000 * HOUR_MS,
  })
  expect(zoomed(market, { fromMs: 250 * HOUR_MS, toMs: 750 * HOUR_MS }, { factor: 9 })).toEqual(whole)
})
