import fc from "fast-check"
import { expect, test } from "vitest"
import { runOf, type TradeStory } from "../../testing/run-record-story.ts"
import { durationHistogram, profitHistogram } from "./trade-histogram.ts"
import { DAY_MS, HOUR_MS } from "../candles/timeframe.ts"
import {
  leftOpenTrades,
  monthlyReturns,
  rejectedPerReason,
  type TradeGroup,
  tradesPerExitReason,
  tradesPerHour,
  tradesPerMarket,
  tradesPerMonth,
  tradesPerWeekday,
} from "./trade-tables.ts"

const story: TradeStory[] = [
  { market: 0, profit: 6, exitDay: 1, fees: 0.5, exitReason: "takeProfit" },
  { market: 1, profit: -2, entryDay: 30, exitDay: 33, exitReason: "stop" },
  { market: 0, profit: 0, entryDay: 60, exitDay: 64, fees: 0.25, exitReason: "stop" },
  { market: 0, profit: 3, entryDay: 90, exitDay: 95, exitReason: "endOfData" },
]

test("a market's line has its own trades only; a market never traded has an empty line", () => {
  const [bitcoin, ether, solana] = tradesPerMarket(runOf({ cash: 50, trades: story }))
  expect(bitcoin).toEqual({
    name: "BTC/USDT",
    tradeCount: 3,
    winCount: 2,
    drawCount: 1,
    lossCount: 0,
    winRatePercent: expect.closeTo(66.667, 3),
    profit: 9,
    profitPercent: 18,
    averageTradePercent: 3,
    averageTradeMs: (10 / 3) * DAY_MS,
    feesPaid: 0.75,
  })
  expect(ether).toMatchObject({ tradeCount: 1, profit: -2, winRatePercent: 0 })
  expect(solana).toMatchObject({ tradeCount: 0, profit: 0, winRatePercent: null, averageTradeMs: null })
})

test("exit reasons that did not occur have no line", () => {
  expect(tradesPerExitReason(runOf({ trades: story })).map(({ name, profit }) => [name, profit])).toEqual([
    ["stop", -2],
    ["takeProfit", 6],
    ["endOfData", 3],
  ])
})

test("months run from the first exit to the last, those without a trade included", () => {
  const gap = [story[0], story[3]]
  expect(tradesPerMonth(runOf({ trades: gap })).map(({ name, tradeCount }) => [name, tradeCount])).toEqual([
    ["2024-01", 1],
    ["2024-02", 0],
    ["2024-03", 0],
    ["2024-04", 1],
  ])
  expect(tradesPerMonth(runOf({ trades: [] }))).toEqual([])
})

test("weekdays are those of the exit in UTC, Monday first", () => {
  // Day 0 is Monday 2024-01-01; the last trade leaves one second before Wednesday.
  const trades = [
    { profit: 1, exitDay: 0 },
    { profit: 2, exitDay: 6 },
    { profit: 4, exitDay: 2 - 1 / 86_400 },
  ]
  expect(tradesPerWeekday(runOf({ trades })).map(({ profit }) => profit)).toEqual([1, 4, 0, 0, 0, 0, 2])
})

test("another clock moves a trade to its own weekday, hour and month", () => {
  const fiveHoursBehind = (timeMs: number) => timeMs - 5 * HOUR_MS
  const run = runOf({ fromMs: Date.UTC(2024, 6, 1), trades: [{ profit: 3, entryDay: 0.1, exitDay: 0.125 }] })
  const names = (groups: TradeGroup[]) => groups.filter(({ tradeCount }) => tradeCount > 0).map(({ name }) => name)
  expect([tradesPerWeekday, tradesPerHour, tradesPerMonth].map((table) => names(table(run)))).toEqual([
    ["Monday"],
    ["02:00"],
    ["2024-07"],
  ])
  expect([tradesPerWeekday, tradesPerHour, tradesPerMonth].map((table) => names(table(run, fiveHoursBehind)))).toEqual([
    ["Sunday"],
    ["21:00"],
    ["2024-06"],
  ])
})

test("trades before 1970 have weekdays and hours too", () => {
  const run = runOf({ fromMs: Date.UTC(1962, 0, 2), trades: [{ profit: 1, entryDay: 0.5, exitDay: 1 }] })
  expect(tradesPerWeekday(run).find(({ tradeCount }) => tradeCount > 0)?.name).toBe("Wednesday")
  expect(tradesPerHour(run).find(({ tradeCount }) => tradeCount > 0)?.name).toBe("12:00")
})

test("every table splits the same total", () => {
  const some = fc.array(
    fc.record({
      profit: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      market: fc.integer({ min: 0, max: 2 }),
      exitDay: fc.double({ min: 0, max: 1000, noNaN: true }),
      exitReason: fc.constantFrom("signal" as const, "stop" as const, "endOfData" as const),
    }),
    { maxLength: 50 },
  )
  fc.assert(
    fc.property(some, (trades) => {
      const run = runOf({ trades })
      const total = trades.reduce((sum, { profit }) => sum + profit, 0)
      for (const table of [tradesPerMarket, tradesPerExitReason, tradesPerMonth, tradesPerWeekday, tradesPerHour]) {
        expect(table(run).reduce((sum, { profit }) => sum + profit, 0)).toBeCloseTo(total, 6)
        expect(table(run).reduce((sum, { tradeCount }) => sum + tradeCount, 0)).toBe(trades.length)
      }
    }),
  )
})

test("trades closed by the end of the data are listed apart", () => {
  expect(leftOpenTrades(runOf({ trades: story }).trades)).toEqual([3])
})

test("a month's return starts where the month before ended", () => {
  // January ends at 110, February at 99, March (three days of it) at 108.9.
  const equity = [...Array<number>(31).fill(110), ...Array<number>(29).fill(99), 100, 105, 108.9]
  const rows = monthlyReturns(runOf({ cash: 100, equity }))
  expect(rows.map(({ year, month, returnPercent }) => [year, month, Math.round(returnPercent * 1e6) / 1e6])).toEqual([
    [2024, 1, 10],
    [2024, 2, -10],
    [2024, 3, 10],
  ])
  expect(monthlyReturns(runOf({}))).toEqual([])
})

test("refusals are counted by reason, most frequent first", () => {
  const refused = (reason: "cash" | "cooldown") => ({ timeMs: 0, market: "BTC/USDT", reason })
  expect(rejectedPerReason([refused("cash"), refused("cooldown"), refused("cooldown")])).toEqual([
    { reason: "cooldown", count: 2 },
    { reason: "cash", count: 1 },
  ])
})

test("no bar of the profit histogram holds both winners and losers", () => {
  const bins = profitHistogram(runOf({ trades: [-3, -1, 0.5, 1, 6].map((profit) => ({ profit })) }).trades, 6)
  expect(bins).toEqual([
    { from: -4, to: -2, count: 1 },
    { from: -2, to: 0, count: 1 },
    { from: 0, to: 2, count: 2 },
    { from: 2, to: 4, count: 0 },
    { from: 4, to: 6, count: 0 },
    { from: 6, to: 8, count: 1 },
  ])
})

test("every trade is in one bar, and there is at most one bar more than requested", () => {
  const profits = fc.array(
    fc.double({ min: -1e3, max: 1e3, noNaN: true }).map((profit) => ({ profit })),
    { minLength: 1, maxLength: 60 },
  )
  fc.assert(
    fc.property(profits, fc.integer({ min: 2, max: 40 }), (trades, mostBins) => {
      const bins = profitHistogram(runOf({ trades }).trades, mostBins)
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(trades.length)
      expect(bins.length).toBeLessThanOrEqual(mostBins + 1)
    }),
  )
})

test("profits that look the same are in one bar", () => {
  expect(profitHistogram(runOf({ trades: [{ profit: 0 }, { profit: 5e-324 }] }).trades, 2)).toEqual([
    { from: 0, to: 1, count: 2 },
  ])
})

test("holding times are in hours", () => {
  const trades = [
    { profit: 1, exitDay: 1 },
    { profit: 1, exitDay: 1 },
  ]
  expect(durationHistogram(runOf({ trades }).trades)).toEqual([{ from: 24, to: 25, count: 2 }])
  expect(durationHistogram(runOf({}).trades)).toEqual([])
})
