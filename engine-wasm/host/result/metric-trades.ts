import type { TradeColumns } from "./backtest-result.ts"
import { deviationOf, meanOf } from "./daily-returns.ts"
import { average, percentOf, ratio } from "./ratio.ts"
import type { RunRecord } from "./run-record.ts"
import { studentTPValue } from "./student-t.ts"
import { totalsOf, type TradeTotals } from "./trade-totals.ts"

/** The metrics of the closed trades. */
export function tradeMetrics(run: RunRecord, days: number) {
  const { trades } = run
  const totals = totalsOf(trades)
  return {
    ...countMetrics(totals),
    ...winAndLossMetrics(totals),
    ...profitMetrics(totals),
    ...holdingMetrics(totals),
    ...costMetrics(totals),
    ...riskUnitMetrics(trades),
    ...marketMetrics(run),
    meanProfitPValue: meanProfitPValue(trades),
    tradesPerDay: average(totals.count, days),
    ambiguousCandles: run.ambiguousCandles,
    rejectedCount: run.rejectedCount,
  }
}

function countMetrics(totals: TradeTotals) {
  return {
    tradeCount: totals.count,
    winCount: totals.winCount,
    drawCount: totals.count - totals.winCount - totals.lossCount,
    lossCount: totals.lossCount,
    longCount: totals.count - totals.shortCount,
    shortCount: totals.shortCount,
    openAtEndCount: totals.openAtEndCount,
    longestWinStreak: totals.longestWinStreak,
    longestLossStreak: totals.longestLossStreak,
    winRatePercent: percentOf(totals.winCount, totals.count),
  }
}

function winAndLossMetrics(totals: TradeTotals) {
  const averageWin = average(totals.grossProfit, totals.winCount)
  const averageLoss = average(totals.grossLoss, totals.lossCount)
  const payoffRatio = ratio(averageWin ?? 0, Math.abs(averageLoss ?? 0))
  return {
    averageWin,
    averageLoss,
    payoffRatio,
    profitFactor: ratio(totals.grossProfit, Math.abs(totals.grossLoss)),
    expectancyRatio: payoffRatio === null ? null : (1 + payoffRatio) * (totals.winCount / totals.count) - 1,
  }
}

function profitMetrics(totals: TradeTotals) {
  const some = totals.count > 0
  return {
    expectancy: average(totals.profit, totals.count),
    averageTradePercent: average(totals.profitPercent, totals.count),
    bestTradeProfit: some ? totals.bestProfit : null,
    bestTradePercent: some ? totals.bestPercent : null,
    worstTradeProfit: some ? totals.worstProfit : null,
    worstTradePercent: some ? totals.worstPercent : null,
    longProfit: totals.profit - totals.shortProfit,
    shortProfit: totals.shortProfit,
  }
}

function holdingMetrics(totals: TradeTotals) {
  return {
    averageTradeMs: average(totals.heldMs, totals.count),
    averageWinMs: average(totals.winHeldMs, totals.winCount),
    averageLossMs: average(totals.lossHeldMs, totals.lossCount),
    longestTradeMs: totals.count > 0 ? totals.longestHeldMs : null,
  }
}

function costMetrics(totals: TradeTotals) {
  return {
    feesPaid: totals.fees,
    slippagePaid: totals.slippage,
    profitBeforeCosts: totals.profit + totals.fees + totals.slippage,
    volume: totals.volume,
    averageStake: average(totals.stake, totals.count),
  }
}

/** Profit / initial risk of every trade that had a stop, in the order they closed. */
export function riskMultiples(trades: TradeColumns): Float64Array {
  const multiples = new Float64Array(trades.count)
  let count = 0
  for (let i = 0; i < trades.count; i++) {
    // Without a stop the risk is NaN, which is not above 0 either.
    if (trades.initialRisk[i] > 0) multiples[count++] = trades.profit[i] / trades.initialRisk[i]
  }
  return multiples.subarray(0, count)
}

function riskUnitMetrics(trades: TradeColumns) {
  const multiples = riskMultiples(trades)
  return {
    expectancyR: multiples.length === 0 ? null : meanOf(multiples),
    sqn: sqnOf(multiples.length > 0 ? multiples : trades.profit.subarray(0, trades.count)),
  }
}

/** sqrt(min(N, 100)) x mean / deviation (Van Tharp); null below two trades or when all are equal. */
function sqnOf(values: Float64Array): number | null {
  const quality = meanToDeviation(values)
  return quality === null ? null : Math.sqrt(Math.min(values.length, 100)) * quality
}

/** One-sample, two-sided t-test against a mean of 0; null below two trades or when all are equal. */
function meanProfitPValue(trades: TradeColumns): number | null {
  const quality = meanToDeviation(trades.profit.subarray(0, trades.count))
  return quality === null ? null : studentTPValue(quality * Math.sqrt(trades.count), trades.count - 1)
}

function meanToDeviation(values: Float64Array): number | null {
  if (values.length < 2) return null
  const deviation = deviationOf(values)
  return deviation === 0 ? null : meanOf(values) / deviation
}

function marketMetrics({ trades, markets }: RunRecord) {
  const profits = new Float64Array(markets.length)
  const traded = new Uint8Array(markets.length)
  for (let i = 0; i < trades.count; i++) {
    profits[trades.market[i]] += trades.profit[i]
    traded[trades.market[i]] = 1
  }
  let best = -1
  let worst = -1
  for (let i = 0; i < markets.length; i++) {
    if (traded[i] === 0) continue
    if (best < 0 || profits[i] > profits[best]) best = i
    if (worst < 0 || profits[i] < profits[worst]) worst = i
  }
  return {
    bestMarket: best < 0 ? null : markets[best],
    bestMarketProfit: best < 0 ? null : profits[best],
    worstMarket: worst < 0 ? null : markets[worst],
    worstMarketProfit: worst < 0 ? null : profits[worst],
  }
}
