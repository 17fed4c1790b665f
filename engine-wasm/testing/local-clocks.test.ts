import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { aggregateCandles } from "../host/candles/aggregate-candles.ts"
import { candlesFromColumns, type Candles } from "../host/candles/candles.ts"
import {
  absentBetween,
  candleEndMs,
  candleOpenMs,
  DAY_MS,
  HOUR_MS,
  MONTH_MS,
  ownDateMs,
} from "../host/candles/timeframe.ts"
import { defaultAccount } from "../host/run/backtest-request.ts"
import { backtest } from "../host/run/backtest.ts"
import { series } from "../host/run/series.ts"
import { convertToCode } from "../host/strategy/code/convert-to-code.ts"
import type { WrittenStrategy } from "../host/strategy/document/strategy-document.ts"
import { builtEngine } from "./built-engine.ts"
import { checkedDocument, codeEngine } from "./code-story.ts"
import { clockOf, localTimes, placesWithOwnDates } from "./local-candles.ts"

const columns = ["open", "high", "low", "close", "volume"] as const

/** Candles that open at these times, each with prices of its own; the candle numbered `buyAt` says buy. */
function candlesAt(openTimeMs: Float64Array, buyAt?: number): Candles {
  const close = openTimeMs.map((_, n) => 100 + ((n * 37) % 50))
  const answer = candlesFromColumns({
    openTimeMs,
    open: close.map((price) => price - 1),
    high: close.map((price) => price + 2),
    low: close.map((price) => price - 3),
    close,
    volume: close.map((_, n) => n + 1),
    extra: { buy: openTimeMs.map((_, n) => (n === buyAt ? 1 : 0)) },
  })
  if (!answer.ok) throw new Error(answer.because)
  return answer.candles
}

const localDays = fc.record({
  place: fc.constantFrom(...placesWithOwnDates),
  timeframe: fc.constant("1d" as const),
  fromMs: fc.integer({ min: 38 * 365, max: 60 * 365 }).map((day) => day * DAY_MS),
  count: fc.integer({ min: 100, max: 1200 }),
  rests: fc.boolean(),
})

describe("days of some place become weeks and months by the date that they bear there", () => {
  test.for(["1w", "1M"] as const)(
    "%s: by the engine, by the host, and by the place's own calendar",
    async (timeframe) => {
      const engine = await builtEngine()
      await fc.assert(
        fc.asyncProperty(localDays, async (asked) => {
          const candles = candlesAt(localTimes(asked))
          const timeframeMs = timeframe === "1w" ? 7 * DAY_MS : MONTH_MS
          const longer = aggregateCandles(candles, timeframe)!
          const clock = clockOf(asked.place)
          const shown = candles.openTimeMs.map((time) => candleOpenMs(time + clock.offsetMs(time), timeframeMs))
          expect([...longer.openTimeMs]).toEqual([...new Set(shown)])
          const answer = await series(engine, { candles, formulas: [...columns], timeframe })
          if (!answer.ok) throw new Error(answer.problems[0].because)
          const finished = answer.openTimeMs.length
          // Only the last may be unfinished.
          expect(longer.openTimeMs.length - finished).toBeLessThanOrEqual(1)
          expect(answer.openTimeMs).toEqual(longer.openTimeMs.slice(0, finished))
          for (const name of columns) expect(answer.series[name]).toEqual(longer[name].slice(0, finished))
        }),
        { numRuns: 60 },
      )
    },
  )
})

const dayStrategy: WrittenStrategy = {
  format: "candlewright.strategy/1",
  name: "said",
  timeframe: "1d",
  long: { enter: { all: ["buy > 0"] } },
  protect: { stopLoss: { kind: "none" } },
  size: { kind: "equity", percent: 100 },
}

async function entryTimeMs(candles: Candles): Promise<number> {
  const answer = await backtest(await builtEngine(), {
    strategy: checkedDocument(dayStrategy),
    markets: [{ market: "BTC/USD", candles }],
    account: defaultAccount,
  })
  if (!answer.ok) throw new Error(answer.problems[0].because)
  return answer.result.trades[0].entryTimeMs
}

test("a decision on a day of any length fills when the next one opens", async () => {
  await fc.assert(
    fc.asyncProperty(localDays, fc.nat(), async (asked, nth) => {
      const openTimeMs = localTimes({ ...asked, count: 400 })
      const lengths = openTimeMs.map((time, n) => openTimeMs[n + 1] - time)
      // Days of a clock change, and any other.
      const odd = [...lengths.keys()].filter((n) => lengths[n] < DAY_MS || lengths[n] === DAY_MS + HOUR_MS)
      const buyAt = [...odd, 1 + (nth % 398)][nth % (odd.length + 1)]
      fc.pre(buyAt < openTimeMs.length - 1)
      expect(await entryTimeMs(candlesAt(openTimeMs, buyAt))).toBe(openTimeMs[buyAt + 1])
    }),
    { numRuns: 60 },
  )
})

test("a formula on weeks and months gives the same in rules and in code, on days of any place", async () => {
  const document: WrittenStrategy = {
    ...dayStrategy,
    long: { enter: { all: ["close > sma(close, 3) @ 1M"] }, exit: { any: ["close < sma(close, 2) @ 1w"] } },
  }
  const rules = checkedDocument(document)
  const converted = convertToCode(rules)
  if (!converted.ok) throw new Error(JSON.stringify(converted.problems))
  const inCode = checkedDocument(converted.document)
  const engines = [await builtEngine(), await codeEngine(inCode.code!.source)]
  for (const place of placesWithOwnDates) {
    const candles = candlesAt(localTimes({ place, timeframe: "1d", fromMs: Date.UTC(2019, 0, 1), count: 900 }))
    const [a, b] = await Promise.all(
      [rules, inCode].map((strategy, n) =>
        backtest(engines[n], { strategy, markets: [{ market: "BTC/USD", candles }], account: defaultAccount }),
      ),
    )
    if (!a.ok || !b.ok) throw new Error(JSON.stringify([a, b]).slice(0, 600))
    expect(b.result.trades).toEqual(a.result.trades)
    expect(a.result.trades.length).toBeGreaterThan(50)
  }
})

test("months: formulas run on files of months, and no strategy decides on them", async () => {
  const openTimeMs = Float64Array.from({ length: 40 }, (_, n) => Date.UTC(2020, n, 1))
  const candles = candlesAt(openTimeMs)
  expect(candles.timeframeMs).toBe(MONTH_MS)
  const answer = await series(await builtEngine(), { candles, formulas: ["sma(close, 2)"] })
  expect(answer.ok && answer.openTimeMs).toEqual(openTimeMs)
  expect(answer.ok && answer.series["sma(close, 2)"][39]).toBe((candles.close[38] + candles.close[39]) / 2)
  const refused = await backtest(await builtEngine(), {
    strategy: checkedDocument({ ...dayStrategy, timeframe: "1w" }),
    markets: [{ market: "BTC/USD", candles }],
    account: defaultAccount,
  })
  expect(refused).toMatchObject({ ok: false, problems: [{ because: expect.stringContaining("candles are 1M") }] })
})

test("the calendar: months end where the next begins, in every year a file may have", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e13, max: 9e13 }), (timeMs) => {
      const openMs = candleOpenMs(timeMs, MONTH_MS)
      const endMs = candleEndMs(openMs, MONTH_MS)
      expect(openMs <= timeMs && timeMs < endMs).toBe(true)
      expect([new Date(openMs).getUTCDate(), new Date(endMs).getUTCDate()]).toEqual([1, 1])
      expect(absentBetween(openMs, endMs, MONTH_MS)).toBe(0)
      expect(ownDateMs(openMs)).toBe(openMs)
    }),
  )
})
