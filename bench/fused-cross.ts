import type { Candles } from "#engine"

/** What a hand-fused loop leaves behind: enough to hold it against the engine's own answer. */
export type FusedResult = { trades: number; finalEquity: number; maxDrawdownPercent: number; sharpe: number; profitFactor: number; winRatePercent: number; equity: Float64Array }

const DAY_MS = 86_400_000

/**
 * SMA(10)/SMA(50) cross, all cash in, fee on both sides, fills at the next open: one pass of typed arrays, as a careful person would write it
 * for this one strategy. Trades, equity, drawdown, daily Sharpe, profit factor and win rate come out of the same pass.
 */
export function fusedCross({ openTimeMs, open, close }: Candles, cash: number, feeRate: number, priceScale: number): FusedResult {
  const count = close.length
  const equity = new Float64Array(count)
  const tape = new TradeTape()
  const days = new DailyReturns(cash)
  const drawdown = { peak: cash, deepest: 0 }
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
    if (worth > drawdown.peak) drawdown.peak = worth
    else if (1 - worth / drawdown.peak > drawdown.deepest) drawdown.deepest = 1 - worth / drawdown.peak
    days.see(openTimeMs[i], worth)
  }
  if (quantity !== 0) {
    const proceeds = quantity * close[count - 1] * (1 - feeRate)
    money += proceeds
    tape.add(entryTimeMs, entryPrice, openTimeMs[count - 1], close[count - 1], quantity, proceeds - entryCost)
    equity[count - 1] = money
    days.correct(money)
  }
  return { ...tape.summary(), finalEquity: equity[count - 1], maxDrawdownPercent: drawdown.deepest * 100, sharpe: days.sharpe(), equity }
}

/** Closed trades in columns, and their sums. */
export class TradeTape {
  readonly #columns = Array.from({ length: 6 }, () => new Float64Array(65_536))
  #count = 0
  #wins = 0
  #won = 0
  #lost = 0

  add(entryTimeMs: number, entryPrice: number, exitTimeMs: number, exitPrice: number, quantity: number, profit: number): void {
    const n = this.#count++
    this.#columns[0][n] = entryTimeMs
    this.#columns[1][n] = entryPrice
    this.#columns[2][n] = exitTimeMs
    this.#columns[3][n] = exitPrice
    this.#columns[4][n] = quantity
    this.#columns[5][n] = profit
    if (profit > 0) {
      this.#wins++
      this.#won += profit
    } else this.#lost -= profit
  }

  summary(): { trades: number; profitFactor: number; winRatePercent: number } {
    return { trades: this.#count, profitFactor: this.#won / this.#lost, winRatePercent: (100 * this.#wins) / this.#count }
  }
}

/** Returns of UTC days, summed as they end. */
export class DailyReturns {
  #day = Number.NaN
  #dayEndsMs = -Infinity
  #before: number
  #last: number
  #count = 0
  #sum = 0
  #squares = 0

  constructor(cash: number) {
    this.#before = cash
    this.#last = cash
  }

  see(timeMs: number, equity: number): void {
    if (timeMs >= this.#dayEndsMs) this.#begin(timeMs)
    this.#last = equity
  }

  correct(equity: number): void {
    this.#last = equity
  }

  sharpe(): number {
    this.#end()
    const mean = this.#sum / this.#count
    const variance = (this.#squares - this.#count * mean * mean) / (this.#count - 1)
    return (mean / Math.sqrt(variance)) * Math.sqrt(365)
  }

  #begin(timeMs: number): void {
    if (!Number.isNaN(this.#day)) this.#end()
    this.#day = Math.floor(timeMs / DAY_MS)
    this.#dayEndsMs = (this.#day + 1) * DAY_MS
  }

  #end(): void {
    const change = this.#last / this.#before - 1
    this.#before = this.#last
    this.#count++
    this.#sum += change
    this.#squares += change * change
  }
}
