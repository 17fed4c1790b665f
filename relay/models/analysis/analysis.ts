import { timeframesMs } from "#engine/candles"
import { AHEAD_CANDLES, cameTrueBy, type MarketAction, type MarketReading } from "#engine/run"

/** What was said of a market, by whom, and with which facts: kept before its outcome is known, and never rewritten. */
export type Analysis = {
  id: string
  atMs: number
  market: string
  isMadeUp: boolean
  facts: MarketReading
  action: MarketAction
  /** From 0 to 100, as whoever said it put it. */
  confidence: number
  entry: number | null
  stop: number | null
  reasons: string[]
  /** A model, or our own rules. */
  by: { kind: "rules" } | { kind: "model"; id: string; name: string }
  /** What of a model's answer was not taken, in sentences. */
  notTaken: string[]
  outcome: AnalysisOutcome | null
}

/** The close after so many candles, and whether what was said came true. */
export type AnalysisOutcome = { close: number; cameTrue: boolean }

/** When its outcome is known: at this close, UTC ms. */
export function dueMs({ facts: { closedMs, timeframe } }: Pick<Analysis, "facts">): number {
  return closedMs + AHEAD_CANDLES * timeframesMs[timeframe]
}

export function outcomeOf({ action, facts }: Pick<Analysis, "action" | "facts">, close: number): AnalysisOutcome {
  return { close, cameTrue: cameTrueBy(action, { close: facts.close, atr: facts.atr ?? 0 }, close) }
}
