import { deviationOf, meanOf } from "./daily-returns.ts"
import { power } from "../candles/elementary-function.ts"
import { isBeyondBelief } from "./metric-equity.ts"
import type { MetricDefinition } from "./metric-definition.ts"
import type { MetricKey } from "./metric-definitions.ts"
import type { RunRecord } from "./run-record.ts"
import { totalsOf, type TradeTotals } from "./trade-totals.ts"
import { DAY_MS } from "../candles/timeframe.ts"

/** Freqtrade's figure and its exact definition, under the key of our metric of that name. */
export type FreqtradeMetric = Pick<MetricDefinition, "key" | "definition"> & { key: MetricKey; value: number }

/**
 * The same run in freqtrade's definitions, to compare with a freqtrade backtest: everything from closed trades,
 * nothing from equity between them. Source: freqtrade's documentation, Backtesting, and its module
 * freqtrade.data.metrics (https://www.freqtrade.io/en/stable/backtesting/). Where freqtrade has no answer it writes
 * 0, 100 or -100, and so do we. A yearly growth of too few days is left out.
 */
export function freqtradeMetrics(run: RunRecord): FreqtradeMetric[] {
  const totals = totalsOf(run.trades)
  const days = freqtradeDays(run)
  const all: FreqtradeMetric[] = [
    {
      key: "totalReturnPercent",
      value: (totals.profit / run.cash) * 100,
      definition: "Sum of closed trades' profits / starting balance x 100.",
    },
    {
      key: "cagrPercent",
      value: cagrPercent(run.cash, totals.profit, days),
      definition:
        "((starting balance + sum of profits) / starting balance) ^ (365 / days) - 1, x 100, with whole days from the first candle's open to the last candle's open, at least 1.",
    },
    {
      key: "averageDailyReturnPercent",
      value: (totals.profit / run.cash / days) * 100,
      definition: "Sum of profits / starting balance / whole days, x 100.",
    },
    ...freqtradeRatios(run, totals, days),
    ...freqtradeDrawdown(run),
    ...freqtradeTradeFigures(run, totals, days),
  ]
  return all.filter(({ key, value }) => key !== "cagrPercent" || !isBeyondBelief(value, days))
}

/** Whole days between the opens of the first and the last candle, at least 1. */
function freqtradeDays(run: RunRecord): number {
  const times = run.equity.openTimeMs
  return times.length === 0 ? 1 : Math.max(1, Math.floor((times[times.length - 1] - times[0]) / DAY_MS))
}

function cagrPercent(cash: number, profit: number, days: number): number {
  return cash + profit <= 0 ? -100 : (power(1 + profit / cash, 365 / days) - 1) * 100
}

function freqtradeRatios(run: RunRecord, totals: TradeTotals, days: number): FreqtradeMetric[] {
  const profits = run.trades.profit.subarray(0, run.trades.count)
  const losses = profits.filter((profit) => profit < 0)
  const dailyMean = totals.profit / run.cash / days
  const { percent } = deepestFall(run)
  return [
    {
      key: "sharpe",
      value: annualised(totals.count, dailyMean, populationDeviation(profits) / run.cash),
      definition:
        "(sum of profits / starting balance / whole days) / standard deviation (ddof 0) of each trade's profit / starting balance, x sqrt(365). 0 without trades, -100 when all profits are equal.",
    },
    {
      key: "sortino",
      value: annualised(totals.count, dailyMean, populationDeviation(losses) / run.cash),
      definition:
        "(sum of profits / starting balance / whole days) / standard deviation (ddof 0) of the losing trades' profit / starting balance, x sqrt(365). 0 without trades, -100 without two different losses.",
    },
    {
      key: "calmar",
      value: annualised(totals.count, dailyMean * 100, percent / 100),
      definition:
        "(sum of profits / starting balance / whole days x 100) / drawdown of the closed balance as a fraction (the fall that is largest in money), x sqrt(365). 0 without trades, -100 without a drawdown.",
    },
    {
      key: "sqn",
      value: freqtradeSqn(profits),
      definition:
        "sqrt(trades) x mean / sample standard deviation (ddof 1) of each trade's profit / starting balance. 0 without trades, -100 when all profits are equal.",
    },
  ]
}

function annualised(count: number, dailyMean: number, risk: number): number {
  if (count === 0) return 0
  return risk > 0 ? (dailyMean / risk) * Math.sqrt(365) : -100
}

/** Standard deviation, ddof 0; 0 for no value. */
function populationDeviation(values: Float64Array): number {
  return values.length < 2 ? 0 : deviationOf(values) * Math.sqrt((values.length - 1) / values.length)
}

function freqtradeSqn(profits: Float64Array): number {
  if (profits.length === 0) return 0
  const deviation = profits.length < 2 ? 0 : deviationOf(profits)
  return deviation > 0 ? (Math.sqrt(profits.length) * meanOf(profits)) / deviation : -100
}

function freqtradeDrawdown(run: RunRecord): FreqtradeMetric[] {
  const { money, percent } = deepestFall(run)
  return [
    {
      key: "maxDrawdownPercent",
      value: percent,
      definition:
        "Of the closed balance (starting balance + profits in the order trades closed): the fall from its highest point that is largest in money, / that point x 100.",
    },
    {
      key: "maxDrawdownMoney",
      value: money,
      definition:
        "Largest fall of the closed balance from its highest point so far, the starting balance at first, in the stake currency.",
    },
  ]
}

/** The fall of the closed balance that is largest in money, and its percent of the high before it. */
function deepestFall({ trades, cash }: RunRecord): { money: number; percent: number } {
  let balance = cash
  let high = cash
  let money = 0
  let percent = 0
  for (let i = 0; i < trades.count; i++) {
    balance += trades.profit[i]
    if (balance > high) high = balance
    if (high - balance <= money) continue
    money = high - balance
    percent = (money / high) * 100
  }
  return { money, percent }
}

function freqtradeTradeFigures(run: RunRecord, totals: TradeTotals, days: number): FreqtradeMetric[] {
  const { count, winCount, lossCount } = totals
  const averageWin = winCount > 0 ? totals.grossProfit / winCount : 0
  const averageLoss = lossCount > 0 ? -totals.grossLoss / lossCount : 0
  const winRate = count > 0 ? winCount / count : 0
  return [
    {
      key: "profitFactor",
      value: lossCount > 0 ? totals.grossProfit / -totals.grossLoss : 0,
      definition: "Sum of winning profits / absolute sum of losing profits; 0 without a loss.",
    },
    {
      key: "expectancy",
      value: count > 0 ? totals.profit / count : 0,
      definition: "Win rate x average win - loss rate x average loss, in the stake currency; 0 without trades.",
    },
    {
      key: "expectancyRatio",
      value: lossCount > 0 ? (1 + averageWin / averageLoss) * winRate - 1 : 100,
      definition: "(1 + average win / average loss) x win rate - 1; 100 without a loss.",
    },
    { key: "winRatePercent", value: winRate * 100, definition: "Trades with a profit above 0 / all trades x 100." },
    { key: "tradesPerDay", value: count / days, definition: "Trades / whole days." },
  ]
}
