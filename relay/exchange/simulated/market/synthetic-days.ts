import { type Candles, syntheticCandles } from "#engine/candles"
import { hashOf } from "../random.ts"
import type { SymbolRules } from "./symbol-rules.ts"

/**
 * Day number of 2026-01-01 (days since 1970): there every market is at its start price, and walks away from it in
 * both directions.
 */
const ANCHOR_DAY = 20_454
const DAYS_AT_FIRST = 16

/** One day in quote prices; `range` is from its highest to its lowest price. */
export type SyntheticDay = { open: number; close: number; range: number }

/**
 * The days of one made-up market, before and after the anchor: the engine's synthetic market, with its moods and its
 * memory.
 */
export class SyntheticDays {
  private after: Candles | undefined
  private before: Candles | undefined

  constructor(
    private readonly rules: SymbolRules,
    private readonly seed: string,
  ) {}

  /** The day with this number, counted from 1970-01-01. */
  day(number: number): SyntheticDay {
    const [index, isAfter] = number >= ANCHOR_DAY ? [number - ANCHOR_DAY, true] : [ANCHOR_DAY - 1 - number, false]
    const days = this.reaching(index, isAfter)
    const [open, close] = [days.open[index], days.close[index]]
    const range = days.high[index] - days.low[index]
    // The time before the anchor runs backwards, so that it ends where the other half begins.
    return isAfter ? { open, close, range } : { open: close, close: open, range }
  }

  /** A longer walk begins with the same days as a shorter one, so it may grow on demand. */
  private reaching(index: number, isAfter: boolean): Candles {
    const half = isAfter ? "after" : "before"
    const known = this[half]
    if (known && index < known.open.length) return known
    const candles = Math.max(DAYS_AT_FIRST, 2 ** Math.ceil(Math.log2(index + 1)))
    const seed = hashOf(`${this.seed}/${this.rules.symbol}/${half}`)
    return (this[half] = syntheticCandles({
      seed,
      candles,
      timeframe: "1d",
      startMs: 0,
      startPrice: this.rules.startPrice,
      kind: "mixed",
    }))
  }
}
