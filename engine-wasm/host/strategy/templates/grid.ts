import type { StrategyTemplate } from "./template.ts"

/**
 * Buying in steps as the price falls through a range and selling in steps as it rises again: the grid, as one
 * position of changing size.
 */
export const grid: StrategyTemplate = {
  id: "grid",
  worksWhen:
    "The price swings up and down inside a range for a long time: every swing down buys a step, every swing up sells it dearer.",
  failsWhen:
    "The price leaves the range. Below it, you own everything the grid could buy while it keeps falling; above it, you own nothing while it rises.",
  document: {
    format: "candlewright.strategy/1",
    name: "Grid",
    description: "Holds more the lower the price is in its range: one step for each line of the grid.",
    timeframe: "1h",
    markets: ["BTC/USDT"],
    params: {
      length: { label: "Range: candles back", type: "int", value: 240, min: 48, max: 1000, step: 12 },
      lines: { label: "Grid lines", type: "int", value: 10, min: 3, max: 30, step: 1 },
      most: { label: "Most invested %", type: "number", value: 80, min: 10, max: 95, step: 5 },
    },
    code: {
      language: "assemblyscript",
      source: `import { Candle, Highest, Lowest, Strategy } from "candlewright"

// The range is the highest high and the lowest low of the last candles, cut into lines. The lower the price, the more
// lines are filled. The range stays while a position is open, so that a fall does not move the grid down after it.
export class Grid extends Strategy {
  lines: f64 = this.param("lines")
  most: f64 = this.param("most")
  highest: Highest = new Highest(this.param("length"))
  lowest: Lowest = new Lowest(this.param("length"))
  top: f64 = NaN
  bottom: f64 = NaN
  filled: f64 = 0

  onCandle(candle: Candle): void {
    const high = this.highest.next(candle.high)
    const low = this.lowest.next(candle.low)
    if (!this.position.isOpen) {
      this.top = high
      this.bottom = low
      this.filled = 0
    }
    if (!(this.top > this.bottom)) return
    const below = (this.top - candle.close) / (this.top - this.bottom)
    const wanted = max(0.0, min(this.lines, floor(below * this.lines)))
    if (wanted == this.filled) return
    this.filled = wanted
    this.targetPercent((this.most * wanted) / this.lines)
  }
}
`,
    },
    protect: { stopLoss: { kind: "percent", percent: 25 } },
    size: { kind: "equity", percent: 95 },
    limits: { maxOpenPositions: 1 },
  },
}
