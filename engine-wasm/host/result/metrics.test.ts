import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { runOf, type RunStory, type TradeStory } from "../../testing/run-record-story.ts"
import { metricDefinitions } from "./metric-definitions.ts"
import { metricsToJson, tooFew } from "./metrics-json.ts"
import { metricsOf, type Metrics } from "./metrics.ts"
import { DAY_MS, HOUR_MS } from "../candles/timeframe.ts"

const day = (n: number) => Date.UTC(2024, 0, 1) + n * DAY_MS

const near = (value: number) => expect.closeTo(value, 9)

/** Checks the metrics a story names, to nine digits. */
function check(story: RunStory, wanted: Partial<Metrics>) {
  const close = Object.entries(wanted).map(([key, value]) => [
    key,
    typeof value === "number" && Number.isFinite(value) ? near(value) : value,
  ])
  expect(metricsOf(runOf(story))).toMatchObject(Object.fromEntries(close))
}

const trades = (...profits: number[]): TradeStory[] => profits.map((profit) => ({ profit }))

describe("equity", () => {
  test("profit and return compare the last close with the starting cash", () => {
    check(
      { cash: 100, equity: [100, 90, 103.1] },
      { startEquity: 100, finalEquity: 103.1, totalProfit: 3.1, totalReturnPercent: 3.1 },
    )
  })

  test("holding is measured from the same cash, and the difference is in percentage points", () => {
    check({ cash: 100, equity: [100, 103], holding: [100, 121] }, { marketChangePercent: 21, excessReturnPercent: -18 })
  })

  test("Sharpe is mean over sample deviation of daily returns, times sqrt(365); Sortino counts only the losing days, over all days", () => {
    // Returns 0.1, -0.1, 0.1: mean 0.0333…, deviation 0.11547…, downside sqrt(0.01 / 3) = 0.057735…
    check(
      { cash: 100, equity: [110, 99, 108.9] },
      {
        sharpe: 5.515130703,
        sortino: 11.030261405,
        volatilityPercent: 220.605228104,
        averageDailyReturnPercent: 3.333333333,
        bestDayPercent: 10,
        worstDayPercent: -10,
        winningDays: 2,
        losingDays: 1,
        drawDays: 0,
      },
    )
  })

  test("hourly candles are judged by the day, like daily ones", () => {
    const hours = [104, 110, 105, 99, 103, 108.9].flatMap((equity) => Array<number>(12).fill(equity))
    check({ cash: 100, equity: hours, timeframeMs: HOUR_MS }, { sharpe: 5.515130703, winningDays: 2, days: 3 })
  })

  test("yearly growth compounds over calendar days / 365, and Calmar divides it by the worst dip", () => {
    const twoYears = [...Array<number>(700).fill(100), ...Array<number>(29).fill(80), 121]
    check({ cash: 100, equity: twoYears }, { days: 730, cagrPercent: 10, maxDrawdownPercent: 20, calmar: 0.5 })
  })

  test("the worst dip is named with start, bottom, recovery, money and days under water", () => {
    check(
      { cash: 100, equity: [110, 100, 120, 90, 96, 125, 120, 121, 122, 123, 124] },
      {
        maxDrawdownPercent: 25,
        maxDrawdownMoney: 30,
        drawdownStartMs: day(2),
        drawdownBottomMs: day(3),
        drawdownRecoveryMs: day(5),
        longestUnderwaterDays: 5,
        recoveryFactor: 0.8,
        minEquity: 90,
        maxEquity: 125,
      },
    )
  })

  test("exposure is the share of candles with an open position", () => {
    check({ equity: [100, 101, 102, 103], exposedSamples: 3 }, { exposurePercent: 75 })
  })

  test("from, to and days reach from the first open to the last close", () => {
    check(
      { equity: [100, 101], timeframeMs: 6 * HOUR_MS },
      { fromMs: day(0), toMs: day(0.5), days: 0.5, timeframe: "6h" },
    )
  })

  test("yearly growth of less than a day means nothing", () => {
    check(
      { equity: [150], timeframeMs: HOUR_MS },
      { cagrPercent: null, calmar: null, sharpe: null, totalReturnPercent: 50 },
    )
  })

  test("yearly growth of a few wild days is no number, and Calmar neither", () => {
    check({ cash: 100, equity: [110, 150] }, { cagrPercent: null, calmar: null, totalReturnPercent: 50 })
    check({ cash: 1, equity: [1e200, 1e300] }, { cagrPercent: null, calmar: null })
    const year = [...Array<number>(364).fill(100), 15_000]
    check({ cash: 100, equity: year }, { cagrPercent: 14_900 })
  })

  test("a run that never falls has an infinite Calmar and Sortino, one that never moves has none", () => {
    check(
      { cash: 100, equity: [100.1, 100.2] },
      { calmar: Infinity, sortino: Infinity, maxDrawdownPercent: 0, drawdownStartMs: null, longestUnderwaterDays: 0 },
    )
    check({ cash: 100, equity: [100, 100] }, { calmar: null, sortino: null, sharpe: null, drawDays: 2 })
  })

  test("an account that lost everything shows -100 %, not NaN", () => {
    check(
      { cash: 100, equity: [50, 0, 0] },
      { totalReturnPercent: -100, cagrPercent: -100, maxDrawdownPercent: 100, worstDayPercent: -100 },
    )
  })

  test("a debt after a liquidation still is a dip of 100 %", () => {
    check(
      { cash: 100, equity: [50, -20] },
      { maxDrawdownPercent: 100, maxDrawdownMoney: 120, minEquity: -20, cagrPercent: -100 },
    )
  })
})

describe("trades", () => {
  test("wins, draws and losses add up to the trades; draws lower the win rate", () => {
    check(
      { trades: trades(10, 0, -5, 20) },
      { tradeCount: 4, winCount: 2, drawCount: 1, lossCount: 1, winRatePercent: 50 },
    )
  })

  test("profit factor, payoff and expectancy of +10, +20, -5, 0", () => {
    // Won 30 in 2, lost 5 in 1: payoff 15 / 5, expectancy 25 / 4, ratio (1 + 3) x 0.5 - 1.
    check(
      { trades: trades(10, 20, -5, 0) },
      {
        profitFactor: 6,
        averageWin: 15,
        averageLoss: -5,
        payoffRatio: 3,
        expectancy: 6.25,
        expectancyRatio: 1,
        bestTradeProfit: 20,
        worstTradeProfit: -5,
      },
    )
  })

  test("without a loss the profit factor is infinite, without a trade it is nothing", () => {
    check(
      { trades: trades(10, 20) },
      {
        profitFactor: Infinity,
        payoffRatio: Infinity,
        expectancyRatio: Infinity,
        winRatePercent: 100,
        averageLoss: null,
      },
    )
    check(
      { trades: [] },
      {
        profitFactor: null,
        winRatePercent: null,
        expectancy: null,
        sqn: null,
        bestTradeProfit: null,
        bestMarket: null,
        tradeCount: 0,
        feesPaid: 0,
      },
    )
  })

  test("with losses only the profit factor is 0 and every trade loses its average loss", () => {
    check({ trades: trades(-10, -20) }, { profitFactor: 0, payoffRatio: 0, expectancyRatio: -1, averageWin: null })
  })

  test("R is profit over the money at risk; trades without a stop are left out", () => {
    // R = 2, -1, 0.5 (and one without a stop): mean 0.5, deviation 1.5, SQN = sqrt(3) / 3.
    const withRisk = [{ profit: 20, risk: 10 }, { profit: -5, risk: 5 }, { profit: 4, risk: 8 }, { profit: 1000 }]
    check({ trades: withRisk }, { expectancyR: 0.5, sqn: 0.577350269 })
  })

  test("without any stop SQN takes profits for R, and expectancy in R says nothing", () => {
    check({ trades: trades(4, -2, 1) }, { sqn: 0.577350269, expectancyR: null })
  })

  test("SQN counts at most 100 trades", () => {
    // 400 trades of +3 and -1: mean 1, deviation 2 x sqrt(400 / 399), times sqrt(100).
    check({ trades: trades(...Array.from({ length: 200 }, () => [3, -1]).flat()) }, { sqn: 4.993746089 })
  })

  test("the p-value is Student's: profits 1, 2, 3 have t = 3.46 with 2 degrees of freedom", () => {
    // 1 - t / sqrt(2 + t^2) for t = sqrt(12).
    check({ trades: trades(1, 2, 3) }, { meanProfitPValue: 0.0741799 })
    check({ trades: trades(1) }, { meanProfitPValue: null })
    check({ trades: trades(0.1, 0.1, 0.1) }, { meanProfitPValue: null, sqn: null })
  })

  test("a draw ends a streak", () => {
    check({ trades: trades(1, 1, 0, 1, -1, -1, -1, 2, 2, 2) }, { longestWinStreak: 3, longestLossStreak: 3 })
    check({ trades: trades(1, 1, 0, 1, -1, 0, -1) }, { longestWinStreak: 2, longestLossStreak: 1 })
  })

  test("a trade's percent is of its entry cost", () => {
    const story = [
      { profit: 10, quantity: 2, entryPrice: 100 },
      { profit: -5, quantity: 0.5, entryPrice: 20 },
    ]
    check(
      { trades: story },
      { bestTradePercent: 5, worstTradePercent: -50, averageTradePercent: -22.5, averageStake: 105 },
    )
  })

  test("winners' and losers' holding times are apart", () => {
    const story = [
      { profit: 1, entryDay: 0, exitDay: 1 },
      { profit: 1, entryDay: 2, exitDay: 5 },
      { profit: -1, entryDay: 5, exitDay: 11 },
      { profit: 0, exitDay: 2 },
    ]
    check(
      { trades: story },
      { averageWinMs: 2 * DAY_MS, averageLossMs: 6 * DAY_MS, averageTradeMs: 3 * DAY_MS, longestTradeMs: 6 * DAY_MS },
    )
  })

  test("longs and shorts are split, and so are those left open", () => {
    const story: TradeStory[] = [
      { profit: 5 },
      { profit: -2, side: "short" },
      { profit: -4, side: "short", exitReason: "endOfData" },
    ]
    check({ trades: story }, { longCount: 1, shortCount: 2, longProfit: 5, shortProfit: -6, openAtEndCount: 1 })
  })

  test("fees, slippage and volume are summed; profit before costs adds them back", () => {
    const story = [
      { profit: 7, quantity: 2, entryPrice: 50, exitPrice: 55, fees: 0.21, slippage: 0.4 },
      { profit: -1, quantity: 1, entryPrice: 10, exitPrice: 9, fees: 0.02 },
    ]
    check({ trades: story }, { feesPaid: 0.23, slippagePaid: 0.4, profitBeforeCosts: 6.63, volume: 229 })
  })

  test("best and worst market are among those traded", () => {
    const story = [
      { market: 2, profit: -3 },
      { market: 0, profit: 2 },
      { market: 2, profit: 1 },
    ]
    check(
      { trades: story },
      { bestMarket: "BTC/USDT", bestMarketProfit: 2, worstMarket: "SOL/USDT", worstMarketProfit: -2 },
    )
  })

  test("trades per day, refused orders and ambiguous candles", () => {
    check(
      { equity: [100, 100, 100, 100], trades: trades(1, 1), rejectedCount: 7, ambiguousCandles: 3 },
      { tradesPerDay: 0.5, rejectedCount: 7, ambiguousCandles: 3 },
    )
  })
})

describe("definitions", () => {
  test("every metric has a definition, and every definition a metric", () => {
    const keys = Object.keys(metricsOf(runOf({})))
    expect(new Set(keys)).toEqual(new Set(metricDefinitions.map(({ key }) => key)))
    expect(keys).toHaveLength(metricDefinitions.length)
  })

  test("there are eight basics", () => {
    expect(metricDefinitions.filter(({ group }) => group === "basics")).toHaveLength(8)
  })

  test("every text ends as a sentence", () => {
    for (const { key, short, definition } of metricDefinitions)
      expect([short.at(-1), definition.at(-1)], key).toEqual([".", "."])
  })

  test("JSON carries Infinity as a word and keeps everything else", () => {
    const json = JSON.parse(JSON.stringify(metricsToJson(metricsOf(runOf({ equity: [101], trades: trades(1) })))))
    expect(json).toMatchObject({
      profitFactor: "Infinity",
      tradeCount: 1,
      sqn: null,
      totalReturnPercent: expect.closeTo(1, 9),
    })
    expect(Object.keys(json)).toEqual(metricDefinitions.map(({ key }) => key))
  })

  test("below 30 trades the trade figures are greyed, below 30 days the daily ones", () => {
    const fewTrades = tooFew({ tradeCount: 29, days: 30 })
    expect([fewTrades.has("profitFactor"), fewTrades.has("sharpe"), fewTrades.has("totalReturnPercent")]).toEqual([
      true,
      false,
      false,
    ])
    const fewDays = tooFew({ tradeCount: 30, days: 29.9 })
    expect([fewDays.has("profitFactor"), fewDays.has("sharpe")]).toEqual([false, true])
  })
})

describe("laws", () => {
  const cents = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((count) => count / 100)
  const story = fc.record({
    cash: cents(1, 1e6),
    equity: fc.array(cents(-100, 1e6), { maxLength: 60 }),
    trades: fc.array(
      fc.record({
        profit: cents(-1000, 1000),
        market: fc.integer({ min: 0, max: 2 }),
        side: fc.constantFrom("long" as const, "short" as const),
        quantity: cents(0, 10),
        exitDay: fc.integer({ min: 1, max: 400 }),
        fees: cents(0, 5),
        risk: fc.oneof(fc.constant(NaN), cents(0, 50)),
      }),
      { maxLength: 40 },
    ),
    timeframeMs: fc.constantFrom(HOUR_MS, 4 * HOUR_MS, DAY_MS, 7 * DAY_MS),
  })

  test("no metric is ever NaN", () => {
    fc.assert(
      fc.property(story, (some) => {
        for (const [key, value] of Object.entries(metricsOf(runOf(some)))) expect(Number.isNaN(value), key).toBe(false)
      }),
    )
  })

  test("twice the money everywhere doubles every money metric and changes no other", () => {
    fc.assert(
      fc.property(story, (some) => {
        const twice = (values: number[]) => values.map((value) => value * 2)
        const doubled = {
          ...some,
          cash: some.cash * 2,
          equity: twice(some.equity),
          trades: some.trades.map((trade) => ({
            ...trade,
            profit: trade.profit * 2,
            quantity: trade.quantity * 2,
            fees: trade.fees * 2,
            risk: trade.risk * 2,
          })),
        }
        const [one, two] = [metricsOf(runOf(some)), metricsOf(runOf(doubled))]
        // Doubling is exact in binary, so the figures must be equal to the last bit, however long they are.
        for (const { key, unit } of metricDefinitions) {
          const value = one[key]
          expect(two[key], key).toBe(unit === "money" && typeof value === "number" ? value * 2 : value)
        }
      }),
    )
  })

  test("longs and shorts together made what all trades made", () => {
    fc.assert(
      fc.property(story, (some) => {
        const { longProfit, shortProfit, expectancy, tradeCount } = metricsOf(runOf(some))
        expect(longProfit! + shortProfit!).toBeCloseTo((expectancy ?? 0) * tradeCount!, 6)
      }),
    )
  })
})
