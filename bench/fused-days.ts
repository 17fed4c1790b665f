import { DAY_MS } from "#engine/candles"

/** Daily returns summed up as the days end. */
export class DailyReturns {
  #before: number
  #count = 0
  #sum = 0
  #squares = 0

  constructor(cash: number) {
    this.#before = cash
  }

  /** When the day of a moment ends, UTC ms. */
  endOf(timeMs: number): number {
    return (Math.floor(timeMs / DAY_MS) + 1) * DAY_MS
  }

  /** A day ends with this equity. */
  close(equity: number): void {
    const change = equity / this.#before - 1
    this.#before = equity
    this.#count++
    this.#sum += change
    this.#squares += change * change
  }

  /** Sharpe ratio of the days so far; 365 days a year, risk-free rate 0. */
  sharpe(): number {
    const mean = this.#sum / this.#count
    return (mean / Math.sqrt((this.#squares - this.#count * mean * mean) / (this.#count - 1))) * Math.sqrt(365)
  }
}
