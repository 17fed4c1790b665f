import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { MINUTE_MS } from "../timeframe.ts"
import type { LiveCandle } from "./live-candle.ts"
import { LiveCandles } from "./live-candles.ts"
import { type Happening, KnownExchange } from "./known-exchange.fixture.ts"

const T = 1_700_000_040_000 - (1_700_000_040_000 % MINUTE_MS)
const at = (minute: number, close = 100, volume = 1): LiveCandle => ({
  openTimeMs: T + minute * MINUTE_MS,
  open: 100,
  high: Math.max(101, close),
  low: Math.min(99, close),
  close,
  volume,
})
const minute = (n: number) => T + n * MINUTE_MS

/** A market of minutes 0 and 1, closed, with minute 2 forming. */
function started(): LiveCandles {
  const live = new LiveCandles(MINUTE_MS)
  live.hear({ candle: at(2), isClosed: false, atMs: minute(2) + 1000 })
  live.takePage({ fromMs: minute(0), candles: [at(0), at(1), at(2)], askedAtMs: minute(2) + 1000 })
  return live
}
const closes = (live: LiveCandles) => live.closed.map(({ close }) => close)

const happening: fc.Arbitrary<Happening> = fc.record({
  waitMs: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 200_000 })),
  what: fc.constantFrom(
    "send",
    "send",
    "send",
    "twice",
    "late",
    "arrive",
    "lose",
    "cut",
    "reconnect",
    "ask",
    "ask",
    "answer",
    "answer",
    "misprint",
  ),
})

test("whatever the connection does to the messages, closed candles never change and in the end are the exchange's own", () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 80 }),
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 7, maxLength: 40 }),
      (happenings, moves) => {
        const live = new LiveCandles(MINUTE_MS)
        const exchange = new KnownExchange(live, moves)
        let shown: LiveCandle[] = []
        for (const each of happenings) {
          exchange.happen(each)
          expect(live.closed.slice(0, shown.length)).toEqual(shown)
          shown = structuredClone(live.closed)
        }
        exchange.settle()
        expect(live.closed).toEqual(live.closed.map(({ openTimeMs }) => exchange.candleAt(openTimeMs)))
        expect(live.open).toEqual([exchange.candleAt(exchange.nowMs - (exchange.nowMs % MINUTE_MS))])
        const times = live.closed.map(({ openTimeMs }) => openTimeMs)
        expect(times).toEqual(times.map((_, n) => times[0] + n * MINUTE_MS))
        expect(times.at(-1)).toBe(exchange.nowMs - (exchange.nowMs % MINUTE_MS) - MINUTE_MS)
        expect(live.notes.all.filter(({ kind }) => kind !== "refused")).toEqual([])
      },
    ),
    { numRuns: 2000 },
  )
})

describe("a candle closes", () => {
  test("when the stream says so", () => {
    const live = started()
    live.hear({ candle: at(2, 105), isClosed: true, atMs: minute(3) })
    expect(closes(live)).toEqual([100, 100, 105])
  })

  test("not because a page of history ends with it: that may be the forming one", () => {
    expect(started().closed).toHaveLength(2)
  })

  test("by history when the stream's final message never came", () => {
    const live = started()
    live.hear({ candle: at(3), isClosed: false, atMs: minute(3) + 2000 })
    expect(live.wantedFromMs(500)).toBe(minute(-1))
    live.takePage({ fromMs: minute(-1), candles: [at(0), at(1), at(2, 104), at(3)], askedAtMs: minute(3) + 2000 })
    expect(closes(live)).toEqual([100, 100, 104])
    expect(live.open).toEqual([at(3)])
  })

  test("after a reconnect only once history has answered", () => {
    const live = started()
    expect(live.wantedFromMs(500)).toBeUndefined()
    live.doubt()
    expect(live.wantedFromMs(500)).toBe(minute(-1))
    live.hear({ candle: at(2, 105), isClosed: true, atMs: minute(3) })
    expect(live.closed).toHaveLength(2)
    live.takePage({ fromMs: live.wantedFromMs(500)!, candles: [at(0), at(1), at(2, 105), at(3)], askedAtMs: minute(3) })
    expect(closes(live)).toEqual([100, 100, 105])
  })

  test("with its late final message, though the next one is forming already", () => {
    const live = started()
    live.hear({ candle: at(3), isClosed: false, atMs: minute(3) + 2000 })
    live.hear({ candle: at(2, 105), isClosed: true, atMs: minute(3) })
    expect(closes(live)).toEqual([100, 100, 105])
    expect(live.wantedFromMs(500)).toBeUndefined()
  })
})

describe("what is not drawn is noted", () => {
  test("a correction after the close is a note, and is the candle we keep", () => {
    const live = started()
    live.doubt()
    live.takePage({ fromMs: minute(-1), candles: [at(0), at(1, 90), at(2)], askedAtMs: minute(2) + 5000 })
    expect(closes(live)).toEqual([100, 100])
    expect(live.notes.all).toEqual([{ kind: "corrected", shown: at(1), now: at(1, 90) }])
    expect(live.corrected().map(({ close }) => close)).toEqual([100, 90])
  })

  test("a page that was slower than the close is no correction", () => {
    const live = started()
    live.hear({ candle: at(2, 105), isClosed: true, atMs: minute(3) })
    live.takePage({ fromMs: minute(-1), candles: [at(0), at(1), at(2, 103)], askedAtMs: minute(2) + 5000 })
    expect(live.notes.all).toEqual([])
  })

  test("candles that neither stream nor history has are one gap, and time continues", () => {
    const live = started()
    live.hear({ candle: at(5), isClosed: false, atMs: minute(5) + 1000 })
    live.takePage({ fromMs: minute(-1), candles: [at(1), at(4), at(5)], askedAtMs: minute(5) + 1000 })
    expect(live.closed.map(({ openTimeMs }) => openTimeMs)).toEqual([0, 1, 4].map(minute))
    expect(live.notes.all).toEqual([{ kind: "missing", fromMs: minute(2), toMs: minute(4), candles: 2 }])
    expect(live.wantedFromMs(500)).toBeUndefined()
  })

  test("a candle the stream closed is not a gap because history lacks it", () => {
    const live = started()
    live.doubt()
    live.hear({ candle: at(2, 105), isClosed: true, atMs: minute(3) })
    live.takePage({ fromMs: minute(-1), candles: [at(1), at(3)], askedAtMs: minute(3) + 1000 })
    expect(closes(live)).toEqual([100, 100, 105])
    expect(live.notes.all).toEqual([])
  })

  test.each([
    ["zero", 0],
    ["a negative amount", -5],
    ["no number", Number.NaN],
    ["ten times as much", 1000],
    ["a tenth", 10],
  ])("a price of %s is refused and counted", (_, price) => {
    const live = started()
    const before = live.open
    for (const atMs of [minute(2) + 3000, minute(2) + 4000])
      expect(
        live.hear({
          candle: { ...at(2), low: Math.min(99, price), high: Math.max(101, price), close: price },
          isClosed: true,
          atMs,
        }),
      ).toBe(false)
    expect(live.open).toEqual(before)
    expect(live.closed).toHaveLength(2)
    expect(live.notes.all).toMatchObject([{ kind: "refused", times: 2 }])
  })

  test("a time between two candles is refused", () => {
    const live = started()
    expect(
      live.hear({ candle: { ...at(2), openTimeMs: minute(2) + 1 }, isClosed: false, atMs: minute(2) + 9000 }),
    ).toBe(false)
  })
})

describe("where only trades are streamed", () => {
  const trade = (atMs: number, price: number, id: number) => ({ atMs, price, quantity: 2, id })

  test("they form the candle, once each and in order; history closes it", () => {
    const live = started()
    live.hearTrade(trade(minute(2) + 2000, 102, 7))
    expect(live.hearTrade(trade(minute(2) + 2000, 102, 7))).toBe(false)
    live.hearTrade(trade(minute(2) + 3000, 98, 8))
    expect(live.open).toEqual([{ ...at(2), high: 102, low: 98, close: 98, volume: 5 }])
    live.hearTrade(trade(minute(3) + 1000, 98, 9))
    live.takePage({
      fromMs: live.wantedFromMs(500)!,
      candles: [at(1), at(2, 98, 4), at(3, 98)],
      askedAtMs: live.exchangeMs,
    })
    expect(live.closed.at(-1)).toEqual(at(2, 98, 4))
    expect(live.hearTrade(trade(minute(2) + 59_000, 99, 10))).toBe(false)
  })
})
