import fc from "fast-check"
import { beforeEach, expect, test } from "vitest"
import { MINUTE_MS } from "../timeframe.ts"
import type { LiveCandle } from "./live-candle.ts"
import type { CandleEvent } from "./live-candles.ts"
import { type FeedStart, type HistoryAnswer, LiveFeed } from "./live-feed.ts"

const T = 28_000_000 * MINUTE_MS
const minute = (n: number) => T + n * MINUTE_MS
const at = (n: number, close = 100 + (Math.abs(n) % 7)): LiveCandle => ({
  openTimeMs: minute(n),
  open: 100,
  high: 107,
  low: 99,
  close,
  volume: 1,
})
const forming = (n: number, afterMs = 1_000): CandleEvent => ({
  candle: at(n),
  isClosed: false,
  atMs: minute(n) + afterMs,
})

let feed: LiveFeed
let nowMs: number
let asked: number[]
let answers: ((fromMs: number) => HistoryAnswer)[]

beforeEach(() => {
  nowMs = minute(0) + 1_000
  asked = []
  answers = [upTo(0)]
})

/** The exchange's history up to and including minute `last`, a page of it. */
function upTo(last: number, first = -550) {
  return (fromMs: number): HistoryAnswer => ({
    ok: true,
    candles: Array.from({ length: last - first + 1 }, (_, n) => at(n + first))
      .filter(({ openTimeMs }) => openTimeMs >= fromMs)
      .slice(0, 1000),
  })
}

function begin(start: FeedStart = { candles: 500 }) {
  feed = new LiveFeed({ timeframe: "1m", start, nowMs })
}

const hear = (event: CandleEvent) => feed.hear({ kind: "candle", timeframe: "1m", event })

/** Lets time pass and polls four times a second, as the owner of a feed does. */
function pass(ms: number) {
  for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 250) {
    const question = feed.question(nowMs)
    if (question === undefined) continue
    asked.push(question.fromMs)
    feed.answered((answers.length > 1 ? answers.shift()! : answers[0])(question.fromMs), nowMs)
  }
}

test("it begins so many candles back, counted from the exchange's clock", () => {
  begin()
  hear(forming(0))
  pass(500)
  expect(asked).toEqual([minute(-500)])
  expect(feed.candles.closed).toHaveLength(500)
  expect([feed.candles.open, feed.history]).toEqual([[at(0)], { state: "complete" }])
})

test("history replaces the stream of a silent market", () => {
  nowMs = minute(0) + 5_000
  begin()
  pass(6_000)
  expect(feed.candles.closed.length).toBeGreaterThan(490)
  expect(feed.candles.open).toEqual([at(0)])
})

test("a caller with the candles up to a moment gets the next one first, over as many pages as it takes", () => {
  answers = [upTo(3_000, -10)]
  nowMs = minute(3_000) + 1_000
  begin({ fromMs: minute(7) })
  hear(forming(3_000))
  pass(10_000)
  expect(feed.candles.takeClosed().map(({ openTimeMs }) => openTimeMs)).toEqual(
    Array.from({ length: 2_993 }, (_, n) => minute(n + 7)),
  )
  expect(feed.history).toEqual({ state: "complete" })
})

test("we wait a moment before we ask history for a candle whose final message is late", () => {
  begin()
  hear(forming(0))
  pass(500)
  hear(forming(1))
  pass(1_000)
  expect(asked).toHaveLength(1)
  answers = [upTo(1)]
  pass(2_500)
  expect(asked).toEqual([minute(-500), minute(-3)])
  expect(feed.candles.closed.at(-1)).toEqual(at(0))
})

test("a refusal is an answer, and we ask history again when the exchange said so", () => {
  answers = [() => ({ ok: false, because: "Binance has too many requests.", waitMs: 20_000 }), upTo(0)]
  begin()
  hear(forming(0))
  pass(15_000)
  expect(feed.history).toEqual({ state: "failed", because: "Binance has too many requests." })
  expect(asked).toHaveLength(1)
  pass(10_000)
  expect(feed.history).toEqual({ state: "complete" })
})

test("a history that stays behind is polled ever more rarely, not in a loop", () => {
  begin()
  hear(forming(2))
  pass(60_000)
  expect(asked.length).toBeGreaterThan(3)
  expect(asked.length).toBeLessThan(9)
})

test("after a lost connection it asks at once, even while it waits", () => {
  answers = [() => ({ ok: false, because: "down", waitMs: 600_000 }), upTo(0)]
  begin()
  hear(forming(0))
  pass(1_000)
  feed.doubt()
  pass(500)
  expect(feed.history).toEqual({ state: "complete" })
})

test("each taken candle comes once, however long it runs, and little stays in memory", () => {
  begin({ fromMs: minute(0) })
  answers = [upTo(0)]
  hear(forming(0))
  pass(500)
  const taken: number[] = []
  for (let n = 0; n < 5_000; n++) {
    hear({ candle: at(n), isClosed: true, atMs: minute(n + 1) })
    if (n % 7 === 0) taken.push(...feed.candles.takeClosed().map(({ openTimeMs }) => openTimeMs))
    expect(feed.candles.closed.length).toBeLessThan(200)
  }
  expect(taken).toEqual(taken.map((_, n) => minute(n)))
  expect(taken.length).toBeGreaterThan(4_990)
})

/** A connection and a history with a will of their own, over a market whose every minute is known. */
const trouble = fc.record({
  minutes: fc.integer({ min: 0, max: 4 }),
  what: fc.constantFrom("hear", "hear", "hear", "lose", "break", "refuse", "behind", "again"),
})

test("whatever connection and history do, a bot gets every candle once, in order, as the exchange has it", () => {
  fc.assert(
    fc.property(fc.array(trouble, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (troubles, every) => {
      let last = 0
      nowMs = minute(0) + 1_000
      answers = [(fromMs) => upTo(last, -5)(fromMs)]
      begin({ fromMs: minute(0) })
      const taken: LiveCandle[] = []
      const closing = (n: number) => ({ candle: at(n), isClosed: true, atMs: minute(n + 1) })
      troubles.forEach(({ minutes, what }, step) => {
        for (let n = 0; n < minutes; n++) {
          if (what !== "lose" && what !== "break") hear(closing(last))
          if (what === "again" && last > 0) hear(closing(last - 1))
          last++
          if (what !== "break") hear(forming(last))
          nowMs = Math.max(nowMs, minute(last) + 1_000)
        }
        if (what === "break") feed.doubt()
        answers =
          what === "refuse"
            ? [() => ({ ok: false, because: "no" })]
            : [(fromMs) => upTo(what === "behind" ? last - 1 : last, -5)(fromMs)]
        pass(500)
        if (step % every === 0) taken.push(...feed.candles.takeClosed())
      })
      answers = [(fromMs) => upTo(last, -5)(fromMs)]
      feed.doubt()
      hear(forming(last, 30_000))
      pass(60_000)
      taken.push(...feed.candles.takeClosed())
      expect(taken).toEqual(Array.from({ length: last }, (_, n) => at(n)))
      expect(feed.candles.notes.all).toEqual([])
    }),
    { numRuns: 500 },
  )
})
