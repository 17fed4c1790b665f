import type { Timeframe } from "#engine/candles"
import type { WrittenStrategy } from "#engine/strategy"

/** A strategy of nothing but these formulas, by which they are completed and checked as any others are. */
export function scratchOf(formulas: readonly string[], timeframe: Timeframe): WrittenStrategy {
  return {
    format: "candlewright.strategy/1",
    name: "what a model looks at",
    timeframe,
    series: Object.fromEntries(formulas.map((text, n) => [nameOfFormula(n), text])),
    long: { enter: { all: ["close > 0"] }, exit: null },
    protect: { stopLoss: { kind: "none" } },
    size: { kind: "equity", percent: 100 },
  }
}

/** What the formula at a place is called in it. */
export function nameOfFormula(n: number): string {
  return `feature${n + 1}`
}
