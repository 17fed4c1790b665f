import fc from "fast-check"
import { HOUR_MS } from "../timeframe.ts"
import { pageFromRows } from "./candle-page.ts"
import { expect, test } from "vitest"
import {
  downloadCandles,
  type CandleDownload,
  type DownloadProgress,
  type DownloadResult,
  type KeptPage,
} from "./candle-download.ts"
import { pageFailureInWords, pageFailureOfStatus, waitInWords, type PageAnswer } from "./candle-page-failure.ts"
import { rangesWithin, rangesWithout, type TimeRange } from "./candle-ranges.ts"
import { MINUTE_MS } from "../timeframe.ts"

const START_MS = Date.UTC(2024, 0, 1)
const at = (minute: number) => START_MS + minute * MINUTE_MS
const minutes = (from: number, to: number): TimeRange => ({ fromMs: at(from), toMs: at(to) })
const rowAt = (openTimeMs: number) => {
  const price = 100 + ((openTimeMs / MINUTE_MS) % 7)
  return [
    openTimeMs,
    String(price),
    String(price + 1),
    String(price - 0.5),
    String(price + 0.25),
    String((openTimeMs / MINUTE_MS) % 11),
  ]
}

/**
 * An in-memory exchange with one market. `skips`: its answers jump over gaps, as Binance's do; otherwise they stay
 * inside the requested window.
 */
function exchangeOf({
  has,
  skips = true,
  most = 10,
  spoil = () => undefined,
}: {
  has: number[]
  skips?: boolean
  most?: number
  spoil?: (question: number, rows: unknown[]) => PageAnswer | undefined
}) {
  const asked: TimeRange[] = []
  const fetchPage: CandleDownload["fetchPage"] = async ({ fromMs, toMs, limit }) => {
    const question = asked.push({ fromMs, toMs }) - 1
    for (let turn = question % 3; turn > 0; turn--) await Promise.resolve()
    const rows = has
      .map(at)
      .filter((time) => time >= fromMs && (skips || time < toMs))
      .slice(0, Math.min(limit, most))
      .map(rowAt)
    return spoil(question, rows) ?? { ok: true, rows }
  }
  return { asked, fetchPage }
}

function keeper() {
  const kept: KeptPage[] = []
  return {
    kept,
    keep: async (page: KeptPage) => void kept.push(page),
    have: () => kept.map(({ fetched }) => fetched),
    times: () => kept.flatMap(({ candles }) => [...(candles?.openTimeMs ?? [])]),
  }
}

function virtualTime() {
  let nowMs = 0
  return { nowMs: () => (nowMs += 1), sleep: async (ms: number) => void (nowMs += ms), waitedMs: () => nowMs }
}

const usual = { have: [], timeframeMs: MINUTE_MS, pageLimit: 10, parallel: 3, exchangeTimeMs: at(10_000) }

function run(
  some: Partial<CandleDownload> & Pick<CandleDownload, "fetchPage" | "keep" | "wanted">,
): Promise<DownloadResult> {
  return downloadCandles({ ...usual, ...virtualTime(), ...some })
}

const passing = fc.constantFrom(
  pageFailureOfStatus(503, "down"),
  pageFailureOfStatus(429, "slow", 2_000),
  { ok: false as const, kind: "unreachable" as const, message: "cut" },
  { ok: true as const, rows: "<html>" },
)
const turned = fc.constantFrom("same", "reversed", "doubled", "early")
const spoiling = fc.array(fc.tuple(fc.option(passing, { freq: 3 }), turned), { minLength: 1, maxLength: 12 })

test("whatever the order, failures and cuts, we keep the exchange's candles, each once, and request nothing twice", async () => {
  const market = fc.uniqueArray(fc.nat(119), { maxLength: 120 }).map((has) => has.toSorted((a, b) => a - b))
  await fc.assert(
    fc.asyncProperty(
      market,
      fc.boolean(),
      fc.integer({ min: 1, max: 12 }),
      spoiling,
      fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 4 }),
      async (has, skips, most, spoilers, cuts, parallel) => {
        const store = keeper()
        const results: DownloadResult[] = []
        for (const cut of [...cuts, Infinity]) {
          const end = new AbortController()
          const had = store.have()
          const spoil = (question: number, rows: unknown[]): PageAnswer | undefined => {
            if (question === cut) end.abort()
            const [failure, turn] = spoilers[question % spoilers.length]
            // Seven failures in a row may happen; the eighth would be the end.
            if (failure && question % 7 !== 0) return failure
            return {
              ok: true,
              rows:
                turn === "reversed"
                  ? rows.toReversed()
                  : turn === "doubled"
                    ? [...rows, ...rows]
                    : turn === "early" && rows.length > 0
                      ? [rowAt(at(-3)), ...rows]
                      : rows,
            }
          }
          const exchange = exchangeOf({ has, skips, most, spoil })
          results.push(
            await run({
              wanted: minutes(0, 120),
              have: had,
              parallel,
              fetchPage: exchange.fetchPage,
              keep: store.keep,
              signal: end.signal,
            }),
          )
          expect(rangesWithin(exchange.asked, had)).toEqual([])
        }
        expect([results.at(-1)!.ok, results.flatMap(({ leftOut }) => leftOut)]).toEqual([true, []])
        expect(store.times().toSorted((a, b) => a - b)).toEqual(has.map(at))
        expect(
          store.kept.every(
            ({ candles, fetched }) =>
              candles === undefined ||
              (candles.openTimeMs[0] >= fetched.fromMs && candles.openTimeMs.at(-1)! < fetched.toMs),
          ),
        ).toBe(true)
      },
    ),
  )
})

test("a finished download requests nothing more, a longer one only what is new", async () => {
  const has = Array.from({ length: 100 }, (_, minute) => minute).filter((minute) => minute < 31 || minute > 44)
  const store = keeper()
  await run({ wanted: minutes(0, 60), ...exchangeOf({ has }), keep: store.keep })
  const again = exchangeOf({ has })
  await run({ wanted: minutes(0, 60), have: store.have(), fetchPage: again.fetchPage, keep: store.keep })
  expect(again.asked).toEqual([])
  const longer = exchangeOf({ has })
  await run({ wanted: minutes(0, 80), have: store.have(), fetchPage: longer.fetchPage, keep: store.keep })
  expect(longer.asked).toEqual([minutes(60, 70), minutes(70, 80)])
})

test("years before the listing cost one request per page under way, not one per page", async () => {
  const exchange = exchangeOf({ has: [5_000, 5_001, 5_002] })
  const store = keeper()
  await run({ wanted: minutes(0, 5_003), fetchPage: exchange.fetchPage, keep: store.keep })
  expect(store.times()).toEqual([at(5_000), at(5_001), at(5_002)])
  expect(exchange.asked.length).toBeLessThanOrEqual(usual.parallel + 2)
})

test("where answers stay inside, daily candles show when the market began, whatever the time of day, and none of its candles is lost", async () => {
  const dayMinutes = 1_440
  const listing = fc.integer({ min: 0, max: 6 * dayMinutes })
  await fc.assert(
    fc.asyncProperty(listing, fc.integer({ min: 0, max: 2 * dayMinutes }), async (listed, from) => {
      const has = Array.from({ length: 40 }, (_, candle) => listed + candle * 37)
      const exchange = exchangeOf({ has, skips: false })
      const fetchDays: CandleDownload["fetchPage"] = async ({ fromMs, toMs }) => {
        const days = [
          ...new Set(has.map((minute) => Math.floor(at(minute) / (dayMinutes * MINUTE_MS)) * dayMinutes * MINUTE_MS)),
        ]
        return { ok: true, rows: days.filter((day) => day >= fromMs && day < toMs).map(rowAt) }
      }
      const store = keeper()
      const wanted = minutes(from, 8 * dayMinutes)
      expect(
        await run({ wanted, exchangeTimeMs: at(20_000), fetchPage: exchange.fetchPage, fetchDays, keep: store.keep }),
      ).toMatchObject({ ok: true })
      expect(store.times().toSorted((a, b) => a - b)).toEqual(has.filter((minute) => minute >= from).map(at))
      expect(rangesWithout([wanted], store.have())).toEqual([])
      const daysFrom = (minute: number) => Math.floor(minute / dayMinutes) * dayMinutes
      expect(exchange.asked.filter(({ fromMs }) => fromMs < at(Math.max(from, daysFrom(listed))))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test("the forming candle is left out, and newest candles that are not there yet are requested again later", async () => {
  const store = keeper()
  const exchange = exchangeOf({ has: [0, 1, 2, 3, 4, 5] })
  const nowMs = at(5) + 30_000
  expect(
    await run({ wanted: minutes(0, 60), exchangeTimeMs: nowMs, fetchPage: exchange.fetchPage, keep: store.keep }),
  ).toMatchObject({ ok: true, candles: 5 })
  expect(store.times()).toEqual([at(0), at(1), at(2), at(3), at(4)])
  const late = keeper()
  await run({ wanted: minutes(0, 60), exchangeTimeMs: nowMs, ...exchangeOf({ has: [0, 1] }), keep: late.keep })
  expect(late.have()).toEqual([minutes(0, 2)])
})

test("every request obeys Retry-After, and the wait is reported", async () => {
  const time = virtualTime()
  const progresses: DownloadProgress[] = []
  const exchange = exchangeOf({
    has: [1, 11, 21],
    spoil: (question) => (question === 0 ? pageFailureOfStatus(429, "slow down", 40_000) : undefined),
  })
  const store = keeper()
  const result = await downloadCandles({
    ...usual,
    ...time,
    parallel: 1,
    wanted: minutes(0, 30),
    fetchPage: exchange.fetchPage,
    keep: store.keep,
    onProgress: (progress) => progresses.push(progress),
  })
  expect(result).toMatchObject({ ok: true, candles: 3 })
  expect(time.waitedMs()).toBeGreaterThanOrEqual(40_000)
  expect(progresses[0]).toMatchObject({
    candlesDone: 0,
    candlesTotal: 30,
    waiting: { waitMs: 40_000, failure: { kind: "busy" } },
  })
  expect(progresses.at(-1)).toMatchObject({ candlesDone: 30, candlesTotal: 30, secondsLeft: 0, waiting: undefined })
})

test("a failure that waiting cannot cure ends the download at once and keeps the candles so far", async () => {
  for (const status of [418, 451, 404, 400]) {
    const store = keeper()
    const exchange = exchangeOf({
      has: [0, 15],
      spoil: (question) => (question === 1 ? pageFailureOfStatus(status, "no") : undefined),
    })
    const result = await run({ wanted: minutes(0, 100), parallel: 1, fetchPage: exchange.fetchPage, keep: store.keep })
    expect(result).toMatchObject({ ok: false, failure: { message: "no" } })
    expect([exchange.asked.length, store.times()]).toEqual([2, [at(0)]])
  }
})

test("an exchange that stays out of reach is given up after eight tries, with growing waits", async () => {
  const time = virtualTime()
  const exchange = exchangeOf({ has: [], spoil: () => pageFailureOfStatus(502, "gateway") })
  const result = await downloadCandles({
    ...usual,
    ...time,
    wanted: minutes(0, 10),
    parallel: 1,
    fetchPage: exchange.fetchPage,
    keep: keeper().keep,
  })
  expect(result).toMatchObject({ ok: false, failure: { kind: "unreachable", message: "gateway" } })
  expect([exchange.asked.length, Math.round(time.waitedMs() / 1000)]).toEqual([8, 1 + 2 + 4 + 8 + 16 + 30 + 30])
})

test("a full disk ends it with the disk's own error", async () => {
  const exchange = exchangeOf({ has: [0, 15, 25] })
  let pages = 0
  const keep = async () => {
    if (++pages === 2) throw new Error("disk full")
  }
  await expect(run({ wanted: minutes(0, 30), fetchPage: exchange.fetchPage, keep })).rejects.toThrow("disk full")
})

test("impossible candles and candles off the grid are left out and named, and microseconds are understood", async () => {
  const store = keeper()
  const spoil = (): PageAnswer => ({
    ok: true,
    rows: [rowAt(at(0)), [at(1), 0, 0, 0, 0, 0], rowAt(at(2) + 1), [at(3) * 1000, 5, 6, 4, 5, 1]],
  })
  const result = await run({ wanted: minutes(0, 4), ...exchangeOf({ has: [], spoil }), keep: store.keep })
  expect(store.times()).toEqual([at(0), at(3)])
  expect(result.leftOut).toEqual([
    { openTimeMs: at(2) + 1, because: `it opens at 2024-01-01T00:02:00.001Z, which is off the grid.` },
    { openTimeMs: at(1), because: "the open is 0; a price must be above zero." },
  ])
})

test("waits read as people say them", () => {
  expect([4_000.0001, 90, 99_000, 101_000, 7_000_000].map(waitInWords)).toEqual([
    "4 seconds",
    "1 second",
    "99 seconds",
    "2 minutes",
    "2 hours",
  ])
})

test.each([
  [451, /does not serve the country.*import a candle file/],
  [418, /Try again in 2 minutes/],
  [429, /too many requests from this connection; try again in 2 minutes/],
  [502, /cannot be reached \(said\)\. Check the network/],
  [404, /has no market BTC\/USDT, or no longer/],
  [400, /refused the request for candles of BTC\/USDT: said/],
])("HTTP %i has a sentence that says what to do", (status, words) => {
  expect(
    pageFailureInWords(pageFailureOfStatus(status, "said", 120_000), { exchange: "Binance", market: "BTC/USDT" }),
  ).toMatch(words)
})

test.each([
  ["a time beyond the calendar", [[1e300, 1, 1, 1, 1, 1]]],
  ["a time before there were any", [[-1, 1, 1, 1, 1, 1]]],
  ["a row that is too short", [[1.6e12]]],
  ["words", [[1.6e12, "a", "b", "c", "d", "e"]]],
  ["empty prices", [[1.6e12, null, null, null, null, null]]],
  ["objects", [{ openTime: 1.6e12 }]],
  ["no list", { candles: 1 }],
])("%s in an answer covers nothing, so that it is never remembered as a time without candles", (_, rows) => {
  expect(pageFromRows(rows, { fromMs: 1.5e12, toMs: 1.7e12 }, HOUR_MS)).toBeUndefined()
})

test("an answer with a candle of the future says nothing about the stretch", () => {
  const asked = { fromMs: 1000 * HOUR_MS, toMs: 1900 * HOUR_MS }
  const at = (hour: number) => [hour * HOUR_MS, 1, 1, 1, 1, 1]
  expect(pageFromRows([at(1000), at(300_000)], asked, HOUR_MS, 5000 * HOUR_MS)).toBeUndefined()
  expect(pageFromRows([at(999), at(1000)], asked, HOUR_MS)).toMatchObject({ coveredToMs: 1001 * HOUR_MS })
  expect(pageFromRows([], asked, HOUR_MS)).toMatchObject({ coveredToMs: asked.toMs })
  expect(pageFromRows([at(998), at(999)], asked, HOUR_MS)).toBeUndefined()
  expect(pageFromRows([[1, 1, 1, 1, 1, 1]], asked, HOUR_MS)).toBeUndefined()
})
