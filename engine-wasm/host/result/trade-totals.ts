import { exitReasons, type TradeColumns } from "./backtest-result.ts"

/**
 * Sums and extremes over the trades; money in quote currency, times in ms, percents of the stake (quantity x entry
 * price).
 */
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
  return stake === 0 ? 0 : (100 * trades.profit[i]) / stake
}

/** Everything that adds up over the trades, in the order they closed. */
export function totalsOf(trades: TradeColumns): TradeTotals {
  return {
    count: trades.count,
    ...profitTotals(trades),
    ...percentTotals(trades),
    ...shortTotals(trades),
    ...costTotals(trades),
    ...timeTotals(trades),
    openAtEndCount: countEqual(trades.exitReason, END_OF_DATA, trades.count),
    ...streaks(trades),
  }
}

// Each loop keeps its sums in locals: fields of one object would cost a memory write for every trade.
function profitTotals({ profit: profits, count }: TradeColumns) {
  let winCount = 0
  let lossCount = 0
  let profit = 0
  let grossProfit = 0
  let grossLoss = 0
  let bestProfit = -Infinity
  let worstProfit = Infinity
  for (let i = 0; i < count; i++) {
    const now = profits[i]
    profit += now
    if (now > 0) {
      winCount++
      grossProfit += now
    } else if (now < 0) {
      lossCount++
      grossLoss += now
    }
    if (now > bestProfit) bestProfit = now
    if (now < worstProfit) worstProfit = now
  }
  return { winCount, lossCount, profit, grossProfit, grossLoss, bestProfit, worstProfit }
}

function percentTotals(trades: TradeColumns) {
  let profitPercent = 0
  let bestPercent = -Infinity
  let worstPercent = Infinity
  for (let i = 0; i < trades.count; i++) {
    const percent = profitPercentOf(trades, i)
    profitPercent += percent
    if (percent > bestPercent) bestPercent = percent
    if (percent < worstPercent) worstPercent = percent
  }
  return { profitPercent, bestPercent, worstPercent }
}

function shortTotals({ side, profit, count }: TradeColumns) {
  let shortCount = 0
  let shortProfit = 0
  for (let i = 0; i < count; i++) {
    if (side[i] > 0) continue
    shortCount++
    shortProfit += profit[i]
  }
  return { shortCount, shortProfit }
}

function costTotals({ quantity, entryPrice, exitPrice, feesPaid, slippagePaid, count }: TradeColumns) {
  let stake = 0
  let volume = 0
  let fees = 0
  let slippage = 0
  for (let i = 0; i < count; i++) {
    stake += quantity[i] * entryPrice[i]
    volume += quantity[i] * (entryPrice[i] + exitPrice[i])
    fees += feesPaid[i]
    slippage += slippagePaid[i]
  }
  return { stake, volume, fees, slippage }
}

function timeTotals({ entryTimeMs, exitTimeMs, profit, count }: TradeColumns) {
  let heldMs = 0
  let winHeldMs = 0
  let lossHeldMs = 0
  let longestHeldMs = 0
  for (let i = 0; i < count; i++) {
    const held = exitTimeMs[i] - entryTimeMs[i]
    heldMs += held
    if (profit[i] > 0) winHeldMs += held
    else if (profit[i] < 0) lossHeldMs += held
    if (held > longestHeldMs) longestHeldMs = held
  }
  return { heldMs, winHeldMs, lossHeldMs, longestHeldMs }
}

function countEqual(values: Float64Array, wanted: number, count: number): number {
  let found = 0
  for (let i = 0; i < count; i++) if (values[i] === wanted) found++
  return found
}

/** Most wins and most losses in a row; a draw ends either. */
function streaks({ profit, count }: TradeColumns) {
  let wins = 0
  let losses = 0
  let longestWinStreak = 0
  let longestLossStreak = 0
  for (let i = 0; i < count; i++) {
    wins = profit[i] > 0 ? wins + 1 : 0
    losses = profit[i] < 0 ? losses + 1 : 0
    if (wins > longestWinStreak) longestWinStreak = wins
    if (losses > longestLossStreak) longestLossStreak = losses
  }
  return { longestWinStreak, longestLossStreak }
}
