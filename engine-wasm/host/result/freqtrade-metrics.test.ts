import { expect, test } from "vitest"
import { runOf } from "../../testing/run-record-story.ts"
import { freqtradeMetrics } from "./freqtrade-metrics.ts"
import { metricsOf } from "./metrics.ts"

const profits = (...values: number[]) => values.map((profit) => ({ profit }))
const elevenDays = Array<number>(11).fill(100)

/** Freqtrade's figures by key. */
function figuresOf(run: ReturnType<typeof runOf>): Record<string, number> {
  return Object.fromEntries(freqtradeMetrics(run).map(({ key, value }) => [key, value]))
}

test("ratios come from closed trades over whole days", () => {
  // +10, -4, +6, -2 on $100 in 10 days: mean per day 0.01; deviations (ddof 0) sqrt(32.75) % of all trades, 1 % of
  // the losses.
  const figures = figuresOf(runOf({ equity: elevenDays, trades: profits(10, -4, 6, -2) }))
  expect(figures.sharpe).toBeCloseTo(3.338418513, 8)
  expect(figures.sortino).toBeCloseTo(19.1049731745, 8)
  // 1 % a day / (4 / 110), the fall from 110 to 106, x sqrt(365).
  expect(figures.calmar).toBeCloseTo(525.3867623, 7)
  expect(figures.maxDrawdownPercent).toBeCloseTo(3.6363636364, 8)
  expect(figures.maxDrawdownMoney).toBeCloseTo(4, 9)
  // Mean 2.5, sample deviation sqrt(131 / 3).
  expect(figures.sqn).toBeCloseTo((2 * 2.5) / 6.6080758671, 8)
})

test("return, growth and trade figures", () => {
  const figures = figuresOf(runOf({ equity: elevenDays, trades: profits(10, -4, 6, -2) }))
  expect(figures).toMatchObject({
    totalReturnPercent: 10,
    averageDailyReturnPercent: 1,
    expectancy: 2.5,
    winRatePercent: 50,
    tradesPerDay: 0.4,
  })
  expect(figures.cagrPercent).toBeCloseTo((1.1 ** 36.5 - 1) * 100, 6)
  expect(figures.profitFactor).toBeCloseTo(16 / 6, 9)
  expect(figures.expectancyRatio).toBeCloseTo((1 + 8 / 3) * 0.5 - 1, 9)
})

test("the fall is the one largest in money, even where another was larger in percent", () => {
  const figures = figuresOf(runOf({ equity: elevenDays, trades: profits(-30, 930, -100) }))
  expect(figures).toMatchObject({ maxDrawdownMoney: 100, maxDrawdownPercent: 10 })
})

test("where freqtrade has no answer it writes its own constants, and so does this column", () => {
  expect(figuresOf(runOf({ equity: elevenDays }))).toMatchObject({
    sharpe: 0,
    sortino: 0,
    calmar: 0,
    sqn: 0,
    profitFactor: 0,
    expectancyRatio: 100,
  })
  expect(figuresOf(runOf({ equity: elevenDays, trades: profits(1, 1) }))).toMatchObject({
    sharpe: -100,
    sortino: -100,
    calmar: -100,
    sqn: -100,
    profitFactor: 0,
  })
})

test("each figure matches one of ours and says how it is computed", () => {
  const run = runOf({ equity: elevenDays })
  for (const { key, definition } of freqtradeMetrics(run)) {
    expect(metricsOf(run)).toHaveProperty(key)
    expect(definition.at(-1)).toBe(".")
  }
})
