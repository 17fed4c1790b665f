import type { Candles } from "#engine"

/** What a hand-fused loop leaves behind: enough to hold it against the engine's own answer. */
export type FusedResult = { trades: number; finalEquity: number; maxDrawdownPercent: number; sharpe: number; profitFactor: number; winRatePercent: number; equity: Float64Array }

export const DAY_MS = 86_400_000

/**
 * SMA(10)/SMA(50) cross, all cash in, fee on both sides, fills at the next open: one pass of typed arrays, as a careful person would write it
 * for this one strategy. Trades, equity, drawdown, daily Sharpe, profit factor and win rate come out of the same pass.
 */
export function fusedCross({ openTimeMs, open, close }: Candles, cash: number, feeRate: number, priceScale: number): FusedResult {
  const count = close.length
  const equity = new Float64Array(count)
  const tape = new TradeTape()
  let dayEndsMs = -Infinity
  let dayBefore = cash
  let last = cash
  let dayCount = 0
  let daySum = 0
  let daySquares = 0
  let peak = cash
  let deepest = 0
  let fastSum = 0
  let slowSum = 0
  let fastBefore = Number.NaN
  let slowBefore = Number.NaN
  let money = cash
  let quantity = 0
  let entryCost = 0
  let entryPrice = 0
  let entryTimeMs = 0
  let wants = 0
  for (let i = 0; i < count; i++) {
    if (wants === 1 && quantity === 0) {
      entryPrice = open[i]
      entryTimeMs = openTimeMs[i]
      quantity = money / (entryPrice * (1 + feeRate))
      entryCost = quantity * entryPrice * (1 + feeRate)
      money -= entryCost
    } else if (wants === -1 && quantity !== 0) {
      const proceeds = quantity * open[i] * (1 - feeRate)
      money += proceeds
      tape.add(entryTimeMs, entryPrice, openTimeMs[i], open[i], quantity, proceeds - entryCost)
      quantity = 0
    }
    wants = 0
    const price = Math.round(close[i] * priceScale)
    fastSum += price - (i >= 10 ? Math.round(close[i - 10] * priceScale) : 0)
    slowSum += price - (i >= 50 ? Math.round(close[i - 50] * priceScale) : 0)
    const fast = i >= 9 ? fastSum / (10 * priceScale) : Number.NaN
    const slow = i >= 49 ? slowSum / (50 * priceScale) : Number.NaN
    if (fastBefore <= slowBefore && fast > slow) wants = 1
    else if (fastBefore >= slowBefore && fast < slow) wants = -1
    fastBefore = fast
    slowBefore = slow
    const worth = money + quantity * close[i]
    equity[i] = worth
    if (worth > peak) peak = worth
    else if (1 - worth / peak > deepest) deepest = 1 - worth / peak
    if (openTimeMs[i] >= dayEndsMs) {
      if (dayEndsMs !== -Infinity) {
        const change = last / dayBefore - 1
        dayBefore = last
        dayCount++
        daySum += change
        daySquares += change * change
      }
      dayEndsMs = (Math.floor(openTimeMs[i] / DAY_MS) + 1) * DAY_MS
    }
    last = worth
  }
  if (quantity !== 0) {
    const proceeds = quantity * close[count - 1] * (1 - feeRate)
    money += proceeds
    tape.add(entryTimeMs, entryPrice, openTimeMs[count - 1], close[count - 1], quantity, proceeds - entryCost)
    equity[count - 1] = money
    last = money
  }
  const change = last / dayBefore - 1
  return { ...tape.summary(), finalEquity: equity[count - 1], maxDrawdownPercent: deepest * 100, sharpe: sharpeOf(dayCount + 1, daySum + change, daySquares + change * change), equity }
}

/** Closed trades in columns, and their sums. */
export class TradeTape {
  readonly #columns = new Float64Array(6 * MOST_TRADES)
  #count = 0

  add(entryTimeMs: number, entryPrice: number, exitTimeMs: number, exitPrice: number, quantity: number, profit: number): void {
    const at = 6 * this.#count++
    const columns = this.#columns
    columns[at] = entryTimeMs
    columns[at + 1] = entryPrice
    columns[at + 2] = exitTimeMs
    columns[at + 3] = exitPrice
    columns[at + 4] = quantity
    columns[at + 5] = profit
  }

  summary(): { trades: number; profitFactor: number; winRatePercent: number } {
    let won = 0
    let lost = 0
    let wins = 0
    for (let n = 0; n < this.#count; n++) {
      const profit = this.#columns[6 * n + 5]
      if (profit > 0) {
        wins++
        won += profit
      } else lost -= profit
    }
    return { trades: this.#count, profitFactor: won / lost, winRatePercent: (100 * wins) / this.#count }
  }
}

const MOST_TRADES = 20_000

/** Sharpe ratio of daily returns from their count, sum and squares; 365 days a year. */
export function sharpeOf(count: number, sum: number, squares: number): number {
  const mean = sum / count
  return (mean / Math.sqrt((squares - count * mean * mean) / (count - 1))) * Math.sqrt(365)
}
