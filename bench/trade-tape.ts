export type TapeSummary = { trades: number; profitFactor: number; winRatePercent: number }

const FIELDS = 6

/** Closed trades in columns, and their sums. */
export class TradeTape {
  #rows = new Float64Array(1024 * FIELDS)
  #used = 0

  add(
    entryTimeMs: number,
    entryPrice: number,
    exitTimeMs: number,
    exitPrice: number,
    quantity: number,
    profit: number,
  ): void {
    if (this.#used === this.#rows.length) this.#grow()
    const rows = this.#rows
    const at = this.#used
    rows[at] = entryTimeMs
    rows[at + 1] = entryPrice
    rows[at + 2] = exitTimeMs
    rows[at + 3] = exitPrice
    rows[at + 4] = quantity
    rows[at + 5] = profit
    this.#used = at + FIELDS
  }

  summary(): TapeSummary {
    let won = 0
    let lost = 0
    let wins = 0
    for (let at = FIELDS - 1; at < this.#used; at += FIELDS) {
      const profit = this.#rows[at]
      if (profit > 0) {
        wins++
        won += profit
      } else lost -= profit
    }
    const trades = this.#used / FIELDS
    return { trades, profitFactor: won / lost, winRatePercent: (100 * wins) / trades }
  }

  #grow(): void {
    const wider = new Float64Array(this.#rows.length * 2)
    wider.set(this.#rows)
    this.#rows = wider
  }
}
