import { readFileSync } from "node:fs"
import fc from "fast-check"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { type Engine, loadEngine } from "#engine/run"
import { type CandleEvent, type HistoryAnswer, type LiveCandle, type MarketEvent, MINUTE_MS } from "#engine/candles"
import { CandleWatch, type LineWorld } from "#venues"
import { ChartFeed } from "./chart-feed.ts"
import type { ChartUpdate, IndicatorValues } from "./chart-update.ts"
import { LiveIndicators } from "./indicator-values.ts"

const T = 28_000_000 * MINUTE_MS
const minute = (n: number) => T + n * MINUTE_MS
const at = (n: number, close = 100 + (n % 7)): LiveCandle => ({
  openTimeMs: minute(n),
  open: 100,
  high: Math.max(107, close),
  low: Math.min(99, close),
  close,
  volume: 1,
})
const market = { venue: "practice", symbol: "BTC/USDT", marketId: "BTCUSDT" } as const

let engine: Engine
let updates: ChartUpdate[] = []
let answers: ((fromMs: number) => HistoryAnswer)[] = []
let feed: ChartFeed | undefined
let watch: CandleWatch

const world: Pick<LineWorld, "nowMs" | "after" | "every"> = {
  nowMs: () => Date.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
  every: (ms, act) => {
    const timer = setInterval(act, ms)
    return () => clearInterval(timer)
  },
}

/** The exchange's history up to and including minute `last`. */
const upTo =
  (last: number) =>
  (fromMs: number): HistoryAnswer => ({
    ok: true,
    candles: Array.from({ length: 600 }, (_, n) => at(n - 550)).filter(
      ({ openTimeMs }) => openTimeMs >= fromMs && openTimeMs <= minute(last),
    ),
  })

/** The exchange's candles before the chart, from minute -1,000 on; one row of each page is broken. */
const past = (fromMs: number, limit: number): HistoryAnswer => ({
  ok: true,
  candles: Array.from({ length: limit }, (_, n) => at((fromMs - T) / MINUTE_MS + n))
    .filter(({ openTimeMs }) => openTimeMs >= minute(-1000))
    .map((candle, n) => (n === 7 ? { ...candle, high: Number.NaN } : candle)),
})

function started(...formulas: string[]): ChartFeed {
  feed = new ChartFeed({
    engine,
    request: { id: 1, market, timeframe: "1m", formulas },
    onUpdate: (update) => updates.push(update),
    watch: (options) => {
      const ask = ({ fromMs }: { fromMs: number }) =>
        Promise.resolve((answers.length > 1 ? answers.shift()! : answers[0])(fromMs))
      watch = new CandleWatch({ ...options, timeframe: "1m", world, ask, onStop: () => {} })
      return watch
    },
    history: ({ fromMs, limit }) => Promise.resolve(past(fromMs, limit)),
  })
  return feed
}
const hear = (event: MarketEvent) => watch.hear(event)
const send = (event: CandleEvent) => hear({ kind: "candle", timeframe: "1m", event })
const closedSent = () => updates.flatMap(({ closed }) => closed)
const valuesOf = (values: IndicatorValues) => ("closed" in values ? values.closed : [])

beforeEach(async () => {
  engine = await loadEngine(readFileSync(new URL("../../engine-wasm/build/engine.wasm", import.meta.url)))
  vi.useFakeTimers()
  updates = []
  answers = [upTo(0)]
})
afterEach(() => {
  feed?.close()
  vi.useRealTimers()
})

test("looking back brings older candles page by page, in order and with their formulas, until there are none", async () => {
  const chart = started("sma(close, 3)")
  send({ candle: at(0), isClosed: false, atMs: minute(0) + 1000 })
  await vi.advanceTimersByTimeAsync(500)
  const counts: number[] = []
  for (let look = 0; look < 4; look++) {
    await Promise.all([chart.showOlder(), chart.showOlder()])
    await vi.advanceTimersByTimeAsync(100)
    const { from, closed, indicators } = updates.at(-1)!
    expect(from).toBe(0)
    expect(valuesOf(indicators[0])).toHaveLength(closed.length)
    const times = closed.map(({ openTimeMs }) => openTimeMs)
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b))
    counts.push(closed.length)
  }
  // A page of 300 without its broken row, the rest of the next one, then nothing more.
  expect(counts).toEqual([799, 998, 998, 998])
  expect(chart.candles()).toHaveLength(998)
})

test("each closed candle is sent once, with the values of its indicators", async () => {
  started("sma(close, 3)")
  send({ candle: at(0), isClosed: false, atMs: minute(0) + 1000 })
  await vi.advanceTimersByTimeAsync(500)
  send({ candle: at(0, 103), isClosed: true, atMs: minute(1) })
  await vi.advanceTimersByTimeAsync(500)
  expect(updates.at(-1)).toMatchObject({ from: 500, closed: [at(0, 103)] })
  expect(valuesOf(updates.at(-1)!.indicators[0])).toEqual([(at(-2).close + at(-1).close + 103) / 3])
  expect(closedSent().map(({ openTimeMs }) => openTimeMs)).toEqual(
    Array.from({ length: 501 }, (_, n) => minute(n - 500)),
  )
})

test("a formula that means nothing says where, and the others are drawn", async () => {
  started("sma(close, 3)", "sma(clos, 3)")
  send({ candle: at(0), isClosed: false, atMs: minute(0) + 1000 })
  await vi.advanceTimersByTimeAsync(500)
  const [good, bad] = updates.at(-1)!.indicators
  expect(good).toHaveProperty("open.0", expect.any(Number))
  expect(bad).toMatchObject({ formula: "sma(clos, 3)", problem: expect.stringContaining("close"), character: 4 })
})

test("a hundred trades in a moment are a handful of updates, the last of them complete", async () => {
  started()
  send({ candle: at(0), isClosed: false, atMs: minute(0) + 1000 })
  await vi.advanceTimersByTimeAsync(500)
  const before = updates.length
  for (let id = 1; id <= 100; id++)
    hear({ kind: "trade", event: { price: 100 + id / 100, quantity: 1, atMs: minute(0) + 2000 + id, id } })
  await vi.advanceTimersByTimeAsync(100)
  expect(updates.length - before).toBeLessThan(5)
  expect(updates.at(-1)?.open[0].close).toBe(101)
})

test("whatever forms, a value once sent for a closed candle stays as it was, to the last bit", () => {
  const price = fc.double({ min: 90, max: 110, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(price, price, price), { minLength: 20, maxLength: 40 }),
      fc.integer({ min: 0, max: 8 }),
      (prices, decimals) => {
        const indicators = new LiveIndicators(engine)
        const formulas = ["sma(close, 3)", "rsi(close, 5)", "bbands(close, 5).upper", "ema(close, 4)"]
        const shown = new Map<string, number[]>(formulas.map((formula) => [formula, []]))
        // The candles are on a coarse price grid; the forming one is not.
        const candles = prices.map(([close], n) => at(n, Number(close.toFixed(decimals % 3))))
        prices.forEach(([, wild], n) => {
          const values = indicators.values(
            { closed: candles.slice(0, n + 1), open: [at(n + 1, wild)], formulas, timeframe: "1m" },
            0,
          )
          for (const each of values) {
            const before = shown.get(each.formula)!
            expect(valuesOf(each).slice(0, before.length)).toEqual(before)
            shown.set(each.formula, valuesOf(each))
          }
        })
        for (const values of shown.values()) expect(values).toHaveLength(candles.length)
      },
    ),
    { numRuns: 20 },
  )
})
