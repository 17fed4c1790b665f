import type { Candles, Timeframe } from "#engine/candles"
import { callOf, type Engine, marketReading } from "#engine/run"
import { amount } from "./bot-view.ts"
import type { TradeSignal } from "./trade-signal.ts"

/** What the plain rules say at the last of these closed candles, for a market that no bot trades. */
export function simpleSignal(engine: Engine, candles: Candles, timeframe: Timeframe): TradeSignal {
  const reading = marketReading(engine, candles, timeframe)
  const { action, confidence, entry, stop, reasons } = callOf(reading)
  const looked = `No bot trades this market, so a plain rule set looked at ${reading.candleCount} closed ${timeframe} candles.`
  return {
    action,
    confidence,
    entryPrice: entry === null ? null : amount(entry),
    stopLoss: stop === null ? null : amount(stop),
    reasoning: [looked, ...reasons].join(" "),
  }
}
