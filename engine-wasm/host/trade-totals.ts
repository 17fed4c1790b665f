import { exitReasons, type TradeColumns } from "./backtest-result.ts"

/** Sums and extremes over the trades; money in quote currency, times in ms, percents of the stake (quantity x entry price). */
export type TradeTotals = {
  count: number
  winCount: number
  lossCount: number
  shortCount: number
  openAtEndCount: number
  profit: number
  /** Sum over the winners, and (negative) over the losers. */
  grossProfit: number
  grossLoss: number
  shortProfit: number
  profitPercent: number
  bestProfit: number
  worstProfit: number
  bestPercent: number
  worstPercent: number
  fees: number
  slippage: number
  stake: number
  volume: number
  heldMs: number
  winHeldMs: number
  lossHeldMs: number
  longestHeldMs: number
  longestWinStreak: number
  longestLossStreak: number
}

const END_OF_DATA = exitReasons.indexOf("endOfData")

/** Profit in percent of what the entry cost: quantity x entry price. */
export function profitPercentOf(trades: TradeColumns, i: number): number {
  const stake = trades.quantity[i] * trades.entryPrice[i]
  return stake === 0 ? 0 : (trades.profit[i] / stake) * 100
}

/** Everything that adds up over the trades, in the order they closed. */
export function totalsOf(trades: TradeColumns): TradeTotals {
  const totals = nothing()
  totals.count = trades.count
  for (let i = 0; i < trades.count; i++) {
    addProfit(totals, trades, i)
    addTime(totals, trades, i)
    addCosts(totals, trades, i)
  }
  totals.longestWinStreak = longestStreak(trades, 1)
  totals.longestLossStreak = longestStreak(trades, -1)
  return totals
}

function addProfit(totals: TradeTotals, trades: TradeColumns, i: number): void {
  const profit = trades.profit[i]
  const percent = profitPercentOf(trades, i)
  totals.profit += profit
  totals.profitPercent += percent
  if (profit > 0) {
    totals.winCount++
    totals.grossProfit += profit
  } else if (profit < 0) {
    totals.lossCount++
    totals.grossLoss += profit
  }
  if (trades.side[i] < 0) {
    totals.shortCount++
    totals.shortProfit += profit
  }
  if (profit > totals.bestProfit) totals.bestProfit = profit
  if (profit < totals.worstProfit) totals.worstProfit = profit
  if (percent > totals.bestPercent) totals.bestPercent = percent
  if (percent < totals.worstPercent) totals.worstPercent = percent
}

function addTime(totals: TradeTotals, trades: TradeColumns, i: number): void {
  const heldMs = trades.exitTimeMs[i] - trades.entryTimeMs[i]
  totals.heldMs += heldMs
  if (trades.profit[i] > 0) totals.winHeldMs += heldMs
  else if (trades.profit[i] < 0) totals.lossHeldMs += heldMs
  if (heldMs > totals.longestHeldMs) totals.longestHeldMs = heldMs
  if (trades.exitReason[i] === END_OF_DATA) totals.openAtEndCount++
}

function addCosts(totals: TradeTotals, trades: TradeColumns, i: number): void {
  const stake = trades.quantity[i] * trades.entryPrice[i]
  totals.stake += stake
  totals.volume += stake + trades.quantity[i] * trades.exitPrice[i]
  totals.fees += trades.feesPaid[i]
  totals.slippage += trades.slippagePaid[i]
}

/** Most trades in a row whose profit has this sign (1 or -1). */
function longestStreak(trades: TradeColumns, sign: number): number {
  let longest = 0
  let streak = 0
  for (let i = 0; i < trades.count; i++) {
    streak = trades.profit[i] * sign > 0 ? streak + 1 : 0
    if (streak > longest) longest = streak
  }
  return longest
}

function nothing(): TradeTotals {
  return {
    count: 0, winCount: 0, lossCount: 0, shortCount: 0, openAtEndCount: 0,
    profit: 0, grossProfit: 0, grossLoss: 0, shortProfit: 0, profitPercent: 0,
    bestProfit: -Infinity, worstProfit: Infinity, bestPercent: -Infinity, worstPercent: Infinity,
    fees: 0, slippage: 0, stake: 0, volume: 0,
    heldMs: 0, winHeldMs: 0, lossHeldMs: 0, longestHeldMs: 0, longestWinStreak: 0, longestLossStreak: 0,
  }
}
