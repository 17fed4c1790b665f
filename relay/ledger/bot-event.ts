/** What an event is about; `problem` wants the owner's eyes. */
export type EventKind = "decision" | "order" | "fill" | "refusal" | "risk" | "status" | "problem"

/** What an event is about, for programs. Quantities are decimal texts, in base units. */
export type EventAbout = {
  market?: string
  side?: "buy" | "sell"
  order?: string
  role?: string
  intent?: number
  limitPrice?: string
  reason?: string
  because?: string
  decidedMs?: number
  /** So many times in a row. */
  times?: number
  /** What nothing is bought for, and until when; null: until its owner says so. */
  limit?: string
  untilMs?: number | null
  /** The id of what the reconcile inbox asks. */
  difference?: string
  /** How a market stands from then on. */
  stands?: "halted" | "quiet" | "trading"
  backByHand?: string
  settledByHand?: string
  writtenOff?: string
  tooSmall?: string
  dust?: string
  engines?: { from: string; to: string }
}

/**
 * What happened and why, in words. `candleMs`: the end of the newest candle its bot had heard, in the exchange's time;
 * absent before the first.
 */
export type NewEvent = { kind: EventKind; words: string; about?: EventAbout; candleMs?: number }

export type BotEvent = NewEvent & { seq: number; botId: string; accountId: string; atMs: number }
