import { type Timeframe, timeframesMs } from "../../candles/timeframe.ts"
import { cameTrueBy, type MarketAction } from "../market-reading.ts"

/** What was said of a market at the close of a candle, by whom: kept before its outcome is known. */
export type SignalCall = {
  id: string
  /** "forecast:<hash>", "rules", "model:<name>", "vote:<name>" or "votes". */
  source: string
  market: string
  timeframe: Timeframe
  /** When the candle closed, UTC ms. */
  candleClosedMs: number
  /** Its outcome is the close so many candles later. */
  aheadCandles: number
  action: MarketAction
  /** Of being right, 0 to 1, as the source put it; null where it did not. */
  probability: number | null
  close: number
  /** Of the candle; a HOLD without it cannot be measured. */
  atr?: number | null
  /** How often the same came true at any earlier candle, 0 to 1, where the source knew. */
  baseline?: number | null
  entry?: number | null
  stop?: number | null
  reasoning: string[]
  outcome: SignalOutcome | null
}

/** The close that was waited for, and whether what was said came true. */
export type SignalOutcome = { close: number; cameTrue: boolean }

/** When the outcome of a call is known: at this close, UTC ms. */
export function dueMsOf(call: Pick<SignalCall, "candleClosedMs" | "aheadCandles" | "timeframe">): number {
  return call.candleClosedMs + call.aheadCandles * timeframesMs[call.timeframe]
}

/** BUY where the price rose, SELL where it fell, HOLD where it moved by no more than two ATR. */
export function outcomeOfCall(call: Pick<SignalCall, "action" | "close" | "atr">, close: number): SignalOutcome {
  return { close, cameTrue: cameTrueBy(call.action, { close: call.close, atr: call.atr ?? 0 }, close) }
}
